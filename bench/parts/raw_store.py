"""The raw limit of a store: rows in the product's layout, committed with fsync, nothing else."""

import sqlite3
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SECONDS = 1.0
TABLE = (
    "(datastream_id INTEGER NOT NULL, time BIGINT NOT NULL, seq INTEGER NOT NULL,"
    " result DOUBLE PRECISION, duration BIGINT, result_time BIGINT, feature_id INTEGER,"
    " quality SMALLINT NOT NULL DEFAULT 0, PRIMARY KEY (datastream_id, time, seq))"
)
START_US = 1_700_000_000_000_000


def rows_of(first: int, group: int, streams: int) -> list[tuple]:
    return [
        (1 + i % streams, START_US + i * 1_000_000, i, 1.5, None, None, 1, 0)
        for i in range(first, first + group)
    ]


def raw_sqlite(folder: Path, group: int, streams: int) -> float:
    """Return rows per second with ``group`` rows per commit, synchronous=FULL."""
    connection = sqlite3.connect(folder / f"raw{group}-{streams}.sqlite3", isolation_level=None)
    connection.execute("PRAGMA page_size=16384")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"CREATE TABLE o {TABLE} WITHOUT ROWID")
    connection.execute("CREATE UNIQUE INDEX o_seq ON o (datastream_id, seq)")
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO o VALUES (?,?,?,?,?,?,?,?)", rows_of(done, group, streams)
        )
        connection.execute("COMMIT")
        done += group
    return done / (time.perf_counter() - started)


def raw_postgres(url: str, group: int, streams: int) -> float:
    """Return rows per second with ``group`` rows per COPY and commit, synchronous_commit=on."""
    import psycopg

    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(server) as connection:
        connection.execute("DROP TABLE IF EXISTS mehrwert_bench_raw")
        connection.execute(f"CREATE TABLE mehrwert_bench_raw {TABLE}")
        connection.execute("CREATE UNIQUE INDEX ON mehrwert_bench_raw (datastream_id, seq)")
        connection.commit()
        done, started = 0, time.perf_counter()
        while time.perf_counter() - started < SECONDS:
            with connection.cursor().copy("COPY mehrwert_bench_raw FROM STDIN") as copy:
                for row in rows_of(done, group, streams):
                    copy.write_row(row)
            connection.commit()
            done += group
        rate = done / (time.perf_counter() - started)
        connection.execute("DROP TABLE mehrwert_bench_raw")
    return rate
