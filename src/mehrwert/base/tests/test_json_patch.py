"""JSON Patch: the cases of the RFC's appendix, in words and data of our own."""

import pytest

from mehrwert.base.errors import BadPatchError, PatchTestError
from mehrwert.base.json_patch import apply_patch


@pytest.mark.parametrize(
    ("before", "operation", "after"),
    [
        ({"a": 1}, {"op": "add", "path": "/b", "value": 2}, {"a": 1, "b": 2}),
        ({"a": [1, 3]}, {"op": "add", "path": "/a/1", "value": 2}, {"a": [1, 2, 3]}),
        ({"a": [1]}, {"op": "add", "path": "/a/1", "value": 2}, {"a": [1, 2]}),
        ({"a": [1]}, {"op": "add", "path": "/a/-", "value": [2]}, {"a": [1, [2]]}),
        ({"a": 1}, {"op": "add", "path": "/a", "value": None}, {"a": None}),
        ({"a": 1}, {"op": "add", "path": "/b", "value": {"c": {}}}, {"a": 1, "b": {"c": {}}}),
        ({"a": 1}, {"op": "add", "path": "", "value": [7]}, [7]),
        ({"a": 1}, {"op": "add", "path": "/b", "value": 2, "x": 9}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"op": "remove", "path": "/b"}, {"a": 1}),
        ({"a": [1, 2, 3]}, {"op": "remove", "path": "/a/1"}, {"a": [1, 3]}),
        ({"a": 1, "b": 2}, {"op": "replace", "path": "/b", "value": "x"}, {"a": 1, "b": "x"}),
        ({"a": 1}, {"op": "replace", "path": "", "value": 5}, 5),
        (
            {"a": {"x": 1, "y": 2}, "b": {}},
            {"op": "move", "from": "/a/x", "path": "/b/z"},
            {"a": {"y": 2}, "b": {"z": 1}},
        ),
        ({"a": [1, 2, 3]}, {"op": "move", "from": "/a/0", "path": "/a/2"}, {"a": [2, 3, 1]}),
        ({"a": [1]}, {"op": "move", "from": "/a", "path": "/a"}, {"a": [1]}),
        ({"a": [1]}, {"op": "copy", "from": "/a", "path": "/b"}, {"a": [1], "b": [1]}),
        ({"a/b": 1, "m~n": 2}, {"op": "test", "path": "/a~1b", "value": 1.0}, None),
        ({"~1": 10}, {"op": "test", "path": "/~01", "value": 10}, None),
        ({"": 1}, {"op": "test", "path": "/", "value": 1}, None),
        ({"a": [1, {"b": None}]}, {"op": "test", "path": "/a", "value": [1, {"b": None}]}, None),
    ],
)
def test_one_operation(before, operation, after):
    kept = repr(before)
    assert apply_patch(before, [operation]) == (before if after is None else after)
    assert repr(before) == kept


@pytest.mark.parametrize(
    ("path", "value"), [("/a", 2), ("/a", "1"), ("/a", True), ("/b", ["x"]), ("/c", 0)]
)
def test_a_test_that_does_not_hold(path, value):
    with pytest.raises(PatchTestError):
        apply_patch({"a": 1, "b": [], "c": False}, [{"op": "test", "path": path, "value": value}])


@pytest.mark.parametrize(
    "patch",
    [
        None,
        {},
        [1],
        [{}],
        [{"op": "spam", "path": "/a"}],
        [{"op": ["add"], "path": "/a", "value": 1}],
        [{"op": "add", "path": "/a"}],
        [{"op": "add", "path": "a", "value": 1}],
        [{"op": "add", "path": None, "value": 1}],
        [{"op": "add", "path": "/a~2", "value": 1}],
        [{"op": "add", "path": "/x/y", "value": 1}],
        [{"op": "add", "path": "/l/3", "value": 1}],
        [{"op": "add", "path": "/l/01", "value": 1}],
        [{"op": "add", "path": "/l/\u0661", "value": 1}],
        [{"op": "add", "path": "/a/b", "value": 1}],
        [{"op": "remove", "path": "/x"}],
        [{"op": "remove", "path": "/l/-"}],
        [{"op": "replace", "path": "/x", "value": 1}],
        [{"op": "move", "from": "/l", "path": "/l/0"}],
        [{"op": "move", "path": "/l"}],
        [{"op": "copy", "from": "/x", "path": "/a"}],
        [{"op": "test", "path": "/x", "value": None}],
        [{"op": "test", "path": "/a"}],
        [{"op": "remove", "path": ""}, {"op": "remove", "path": "/a"}],
        [{"op": "test", "path": "/a", "value": 1}] * 1_001,
        [{"op": "copy", "from": "", "path": "/l/-"}] * 60,
    ],
)
def test_what_is_no_patch_is_refused(patch):
    with pytest.raises(BadPatchError):
        apply_patch({"a": 1, "l": [1, 2]}, patch)
