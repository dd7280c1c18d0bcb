"""Functions as each engine says them; ``mw_…`` are registered on SQLite by ``engine.py``.

``{0} {1} …`` are the arguments. What both say alike stands in ``_SAME``.
"""

_SAME = {
    "starts_with": "(substr({0},1,length({1}))={1})",
    "length": "length({0})",
    "concat": "({0}||{1})",
    "not_null": "({0} IS NOT NULL)",
    "is_null": "({0} IS NULL)",
    "flag": "CASE WHEN {0} THEN 1 WHEN NOT {0} THEN 0 END",
    "clock": "({0} - {1}*86400000000)",
}

_DAY_US = 86_400_000_000


def _clock_part(unit_us: int, units: int) -> str:
    """Return a part of the time of day: whole units of so many, times before 1970 included."""
    cycle = unit_us * units
    return f"((({{0}})%{cycle}+{cycle})%{cycle}/{unit_us})"


def _date_part(letter: str) -> str:
    seconds = "(({0})-((({0})%1000000+1000000)%1000000))/1000000"
    return f"CAST(strftime('%{letter}',{seconds},'unixepoch') AS INTEGER)"


SQLITE_WORDS = {
    **_SAME,
    "unknown": "NULL",
    "contains": "(instr({0},{1})>0)",
    "ends_with": "(length({1})=0 OR substr({0},-length({1}))={1})",
    "index_of": "instr({0},{1})",
    "substring": "substr({0},max(CAST({1} AS INTEGER),0)+1)",
    "substring_n": "substr({0},max(CAST({1} AS INTEGER),0)+1,max(CAST({2} AS INTEGER),0))",
    "lower": "mw_lower({0})",
    "upper": "mw_upper({0})",
    "trim": "trim({0})",
    "round": "round({0})",
    "floor": "mw_floor({0})",
    "ceiling": "mw_ceiling({0})",
    "add": "({0}+{1})",
    "sub": "({0}-{1})",
    "mul": "({0}*{1})",
    "div": "(CAST({0} AS REAL)/NULLIF({1},0))",
    "mod": "mw_mod({0},{1})",
    "number": "CAST({0} AS REAL)",
    "text_of_number": "mw_number_text({0})",
    "year": _date_part("Y"),
    "month": _date_part("m"),
    "day": _date_part("d"),
    "hour": _clock_part(3_600_000_000, 24),
    "minute": _clock_part(60_000_000, 60),
    "second": _clock_part(1_000_000, 60),
    "fraction": f"({_clock_part(1, 1_000_000)}/1000000.0)",
    "date": f"((({{0}})-((({{0}})%{_DAY_US}+{_DAY_US})%{_DAY_US}))/{_DAY_US})",
    "json_text": "CASE json_type({0},{1}) WHEN 'true' THEN 'true' WHEN 'false' THEN 'false'"
    " ELSE CAST(json_extract({0},{1}) AS TEXT) END",
    "json_number": "CASE WHEN json_type({0},{1}) IN ('integer','real')"
    " THEN json_extract({0},{1}) END",
    "json_bool": "CASE json_type({0},{1}) WHEN 'true' THEN 1 WHEN 'false' THEN 0 END",
    "shape": "{0}",
    "box": "mw_box({0},{1},{2},{3})",
    "distance": "mw_distance({0},{1})",
    "shape_length": "mw_length({0})",
    "relate": "mw_relate({0},{1},{2})",
    **{
        name: f"mw_shapes('{name}',{{0}},{{1}})"
        for name in (
            *("equals", "disjoint", "touches", "within"),
            *("overlaps", "crosses", "intersects", "covers"),
        )
    },
}


def _part(name: str) -> str:
    at = "timestamp 'epoch' + {0} * interval '1 microsecond'"
    return f"CAST(extract({name} from {at}) AS double precision)"


POSTGRES_WORDS = {
    **_SAME,
    "unknown": "CAST(NULL AS boolean)",
    "contains": "(strpos({0},{1})>0)",
    "ends_with": "(right({0},length({1}))={1})",
    "index_of": "strpos({0},{1})",
    "substring": "substr({0},CAST(greatest({1},0) AS integer)+1)",
    "substring_n": "substr({0},CAST(greatest({1},0) AS integer)+1,"
    "CAST(greatest({2},0) AS integer))",
    "lower": '(lower({0} COLLATE "und-x-icu") COLLATE "C")',
    "upper": '(upper({0} COLLATE "und-x-icu") COLLATE "C")',
    "trim": "btrim({0})",
    "round": "CAST(round(CAST({0} AS numeric)) AS double precision)",
    "floor": "floor({0})",
    "ceiling": "ceil({0})",
    "add": "({0}+{1})",
    "sub": "({0}-{1})",
    "mul": "({0}*{1})",
    "div": "({0}/NULLIF({1},0))",
    "mod": "({0}-{1}*trunc({0}/NULLIF({1},0)))",
    "number": "CAST({0} AS double precision)",
    "text_of_number": '(CAST({0} AS text) COLLATE "C")',
    **{name: _part(name) for name in ("year", "month", "day", "hour", "minute")},
    "second": f"floor({_part('second')})",
    "fraction": "(mod(mod({0},1000000)+1000000,1000000)/1000000.0)",
    "date": "CAST(floor({0}/86400000000.0) AS bigint)",
    "json_text": '(({0} #>> CAST({1} AS text[])) COLLATE "C")',
    "json_number": "CASE WHEN jsonb_typeof({0} #> CAST({1} AS text[]))='number'"
    " THEN CAST({0} #>> CAST({1} AS text[]) AS double precision) END",
    "json_bool": "CASE WHEN jsonb_typeof({0} #> CAST({1} AS text[]))='boolean'"
    " THEN CAST({0} #>> CAST({1} AS text[]) AS boolean) END",
    "shape": "ST_GeomFromText({0},4326)",
    "box": "ST_SetSRID(ST_Envelope(ST_MakeLine(ST_MakePoint({0},{1}),ST_MakePoint({2},{3}))),4326)",
    "distance": "ST_Distance({0},{1})",
    "shape_length": "ST_Length({0})",
    "relate": "ST_Relate({0},{1},{2})",
    **{
        name: f"ST_{name.capitalize()}({{0}},{{1}})"
        for name in (
            *("equals", "disjoint", "touches", "within"),
            *("overlaps", "crosses", "intersects"),
        )
    },
    "covers": "ST_Contains({0},{1})",
}
