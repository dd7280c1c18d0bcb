"""Tables as files: recognise their format, read them in a stream, turn columns into arrays.

Plain Python and numpy: nothing here knows Django, tenants or readings. ``sniffing`` looks at the
beginning of a file, ``reading`` streams its rows in flat memory and ``workbooks`` those of Excel,
``numbers`` and ``times`` turn columns of text into arrays, ``zones`` settles local time and the
change of clocks.
"""
