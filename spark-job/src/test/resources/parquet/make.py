#!/usr/bin/env python3
"""Writes the Parquet files beside it, with a writer that is not Spark's (pip install pyarrow; made with 26.0.1)."""
import datetime, decimal, pathlib, uuid
import pyarrow as pa, pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent


def write(name, columns, **options):
    names, arrays = zip(*columns)
    pq.write_table(pa.Table.from_arrays(list(arrays), names=list(names)), HERE / name, **options)


def nanos(*values, zone=None):
    return pa.array(values, pa.timestamp("ns", zone))


N = pa.array([1, 2])
WHOLE = 1_700_000_000_123_456_000
write("int96.parquet", [("n", N), ("t", nanos(-2_208_945_600_000_000_000, WHOLE))], use_deprecated_int96_timestamps=True)
write("int96-nanos.parquet", [("n", N), ("t", nanos(WHOLE, WHOLE + 789))], use_deprecated_int96_timestamps=True)
write("nanos.parquet", [("n", N), ("t", nanos(-1_000, WHOLE)), ("z", nanos(None, WHOLE, zone="UTC"))])
write("nanos-cut.parquet", [("n", N), ("t", nanos(WHOLE, WHOLE + 789))])
write("nanos-nested.parquet", [("n", N), ("s", pa.array([{"t": 1}, {"t": 2}], pa.struct([("t", pa.timestamp("ns"))])))])
write("micros.parquet", [("n", N), ("t", nanos(WHOLE, WHOLE).cast(pa.timestamp("us"))), ("z", nanos(WHOLE, WHOLE, zone="UTC").cast(pa.timestamp("us", "UTC")))])
write("time.parquet", [("n", N), ("c", pa.array([datetime.time(1), None], pa.time64("us")))])
write("uuid.parquet", [("n", N), ("c", pa.array([uuid.UUID(int=1).bytes, uuid.UUID(int=2).bytes], pa.uuid()))])
write("decimal50.parquet", [("n", N), ("c", pa.array([decimal.Decimal(10**45), None], pa.decimal256(50, 0)))])
write("float16.parquet", [("n", N), ("c", pa.array([1.5, 2.5], pa.float16()))])
write("brotli.parquet", [("n", N), ("c", N)], compression={"n": "snappy", "c": "brotli"})
write("split.parquet", [("n", N), ("c", pa.array([1.5, 2.5]))], use_dictionary=False, column_encoding={"n": "PLAIN", "c": "BYTE_STREAM_SPLIT"})
write("split-int.parquet", [("n", N), ("c", N)], use_dictionary=False, column_encoding={"n": "PLAIN", "c": "BYTE_STREAM_SPLIT"})
write("twice.parquet", [("a", N), ("a", N)])
write("twice-nested.parquet", [("n", N), ("s", pa.StructArray.from_arrays([N, N], names=["a", "a"]))])
write("case-nested.parquet", [("n", N), ("s", pa.StructArray.from_arrays([N, pa.array(["x", "y"])], names=["a", "A"]))])
write("checksum.parquet", [("n", pa.array(range(1000)))], write_page_checksum=True, use_dictionary=False, compression="none")
flipped = bytearray((HERE / "checksum.parquet").read_bytes())
flipped[len(flipped) // 2] ^= 1
(HERE / "checksum.parquet").write_bytes(flipped)
