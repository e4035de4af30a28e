#!/usr/bin/env python3
"""Reads and groups police.uk files with Horizon, polars and DuckDB side by side, in one run, and prints the ratios.

    Benchmarks/ingest.py ARCHIVE... [--wide WIDE.zip] [--workbooks] [--work DIR] [--runs 5]
    Benchmarks/ingest.py --workbooks

ARCHIVE: police.uk archives; from them a set of 474 CSVs (about 850 MB, 3.8 million rows with the two archives the project was
measured on) is made: the files as they are, then copies under other forces' names and in other months. Each engine reads the
set, warm, on one and on two threads, to the number of rows by force, district, crime type and month; the wall time of Horizon
is that of the whole process, with everything it checks on the way, that of the peers is their query alone. Then each archive
as a zip beside one `unzip -p` of it, and a wide table. With --workbooks an .xlsx and an .ods of 100,000 rows of nine columns,
made here in the manner of the Home Office's open data, are read by Horizon and by pandas (openpyxl, odfpy). The least of several alternating runs is given: other work on the
machine can only add to it.
"""

import argparse
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

HORIZON = Path(__file__).resolve().parent.parent / ".build/release/horizon"
FILES = 474
RENAMED = {
    "avon-and-somerset": ("Avon and Somerset Constabulary", "devon-and-cornwall", "Devon & Cornwall Police"),
    "merseyside": ("Merseyside Police", "lancashire", "Lancashire Constabulary"),
    "south-yorkshire": ("South Yorkshire Police", "humberside", "Humberside Police"),
    "city-of-london": ("City of London Police", "metropolitan", "Metropolitan Police Service"),
    "thames-valley": ("Thames Valley Police", "hampshire", "Hampshire Constabulary"),
}
SHIFTS = [0, 0, -10, -5, 20]


def make_set(archives, folder):
    """The files of the archives, then copies, until there are FILES of them; the smallest force is copied most."""
    done = folder / "made"
    if done.exists():
        return done.read_text()
    sources = [(zipfile.ZipFile(a), n) for a in archives for n in zipfile.ZipFile(a).namelist() if n.endswith("-street.csv")]
    files = rows = size = 0
    for copy, shift in enumerate(SHIFTS):
        for index, (archive, name) in enumerate(sources):
            if files == FILES or (copy == 1 and index % 4 == 3) or (copy > 1 and "city-of" not in name):
                continue
            month, force = re.match(r"(\d{4}-\d{2})-(.+)-street", os.path.basename(name)).groups()
            text = archive.read(name).decode()
            if copy:
                moved = f"{int(month[:4]) + shift}{month[4:]}"
                for old, (old_name, new, new_name) in RENAMED.items():
                    text = text.replace(old_name, new_name)
                text = text.replace(f",{month},", f",{moved},")
                month, force = moved, RENAMED[force][1] if force in RENAMED else force + "-copy"
            data = text.encode()
            target = folder / "set" / month / f"{month}-{force}-street.csv"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            files, rows, size = files + 1, rows + data.count(b"\n") - 1, size + len(data)
    done.write_text(f"{files} CSVs, {size / 1e6:.0f} MB, {rows:,} rows")
    return done.read_text()


def run(command, **keywords):
    """Wall seconds, CPU seconds, peak resident MB and output of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=keywords.pop("stdout", subprocess.PIPE), **keywords)
    output = process.stdout.read() if process.stdout else b""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output


PEERS = {
    "polars": """
import os, sys, time
os.environ["POLARS_MAX_THREADS"] = sys.argv[2]
import polars as pl
start = time.perf_counter()
frame = (pl.scan_csv(sys.argv[1], schema_overrides={"Longitude": pl.String, "Latitude": pl.String})
    .select("Month", "Reported by", pl.col("LSOA name").str.head(-5).alias("district"), "Crime type")
    .group_by("Month", "Reported by", "district", "Crime type").len().collect(engine="streaming"))
print(time.perf_counter() - start, frame["len"].sum())""",
    "duckdb": """
import sys, time, duckdb
columns = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context"]
connection = duckdb.connect()
connection.execute(f"SET threads = {sys.argv[2]}")
start = time.perf_counter()
groups = connection.execute('''select "Month", "Reported by", left("LSOA name", length("LSOA name") - 5), "Crime type", count(*)
    from read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"', columns = ''' +
    "{" + ", ".join(f"'{c}': 'VARCHAR'" for c in columns) + "}) group by all", [sys.argv[1]]).fetchall()
print(time.perf_counter() - start, sum(g[-1] for g in groups))""",
}


WORKBOOK_PEER = """
import sys, time, pandas
start = time.perf_counter()
sheets = pandas.read_excel(sys.argv[1], sheet_name=None, engine=sys.argv[2])
table = pandas.concat(sheets.values()).groupby(["Financial Year", "Financial Quarter", "CSP Name", "Offence Subgroup"])["Offence Count"].sum()
print(time.perf_counter() - start, len(table))"""
HOME_OFFICE = ["Financial Year", "Financial Quarter", "Force Name", "CSP Name", "Offence Description", "Offence Group", "Offence Subgroup",
               "Offence Code", "Offence Count"]


def workbook_rows(year):
    """12,500 rows of a year: 98 partnerships, 32 offences, and of the last quarter fewer."""
    rows = [(f"{year}/{(year + 1) % 100:02d}", quarter, f"Force {csp // 10}", f"Partnership {csp}", f"Offence {k} as it is described at length",
             f"Group {k // 8}", f"Subgroup {k // 2}", f"{k}A", (csp * 7 + k * 13 + quarter * 3 + year) % 300)
            for quarter in range(1, 5) for csp in range(98) for k in range(32)]
    return rows[:12_500]


def make_workbooks(folder):
    """An .xlsx and an .ods of eight sheets, by year, written part by part."""
    years = range(2014, 2022)
    excel, document = folder / "workbook.xlsx", folder / "workbook.ods"
    names = [f"{year}_{(year + 1) % 100:02d}" for year in years]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    texts = {}
    with zipfile.ZipFile(excel, "w", zipfile.ZIP_DEFLATED) as archive:
        links = ""
        for number, year in enumerate(years, 1):
            data = []
            for row, cells in enumerate([HOME_OFFICE, *workbook_rows(year)], 1):
                data.append(f'<row r="{row}">' + "".join(
                    f'<c r="{"ABCDEFGHI"[column]}{row}" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>' if isinstance(cell, str)
                    else f'<c r="{"ABCDEFGHI"[column]}{row}"><v>{cell}</v></c>' for column, cell in enumerate(cells)) + "</row>")
            archive.writestr(f"xl/worksheets/sheet{number}.xml",
                             f'<worksheet xmlns="{main}"><sheetData>{"".join(data)}</sheetData></worksheet>')
            links += f'<Relationship Id="rId{number}" Type="{relations}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        links += f'<Relationship Id="rId99" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">' + "".join(f"<si><t>{t}</t></si>" for t in texts) + "</sst>")
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)) + "</sheets></workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
                         f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                         f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                         f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>' + "".join(
                             f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>'
                             for n in range(1, len(names) + 1)) + "</Types>")
    spaces = " ".join(f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in ("office", "table", "text"))
    with zipfile.ZipFile(document, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        tables = []
        for name, year in zip(names, years):
            rows = "".join("<table:table-row>" + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' if isinstance(cell, str)
                else f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
                for cell in cells) + "</table:table-row>" for cells in [HOME_OFFICE, *workbook_rows(year)])
            tables.append(f'<table:table table:name="{name}">{rows}</table:table>')
        archive.writestr("content.xml", f'<office:document-content {spaces} office:version="1.3"><office:body><office:spreadsheet>'
                         f'{"".join(tables)}</office:spreadsheet></office:body></office:document-content>')
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
                         'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" '
                         'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry '
                         'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')


def workbooks(folder, out, runs):
    # In a process of its own: what this one holds would count as the memory of those it starts.
    maker = multiprocessing.Process(target=make_workbooks, args=(folder,))
    maker.start()
    maker.join()
    for path, engine in ((folder / "workbook.xlsx", "openpyxl"), (folder / "workbook.ods", "odf")):
        own = [horizon([path], 2, out) for _ in range(runs)]
        # The peer takes ten times as long and more: once is enough.
        _, _, memory, output = run([sys.executable, "-c", WORKBOOK_PEER, path, engine])
        print(f"{path.name}, 100,000 rows: Horizon {least(own)[0]:.2f} s, {least(own)[1]:.0f} MB; pandas ({engine}) "
              f"{float(output.split()[0]):.1f} s, {memory:.0f} MB")


def peer(name, pattern, threads):
    _, _, memory, output = run([sys.executable, "-c", PEERS[name], pattern, str(threads)])
    seconds, rows = output.split()[-2:]  # DuckDB draws a progress bar before them
    return float(seconds), memory, int(rows)


def horizon(inputs, threads, out):
    wall, _, memory, _ = run(
        [HORIZON, "series", *inputs, "--threads", str(threads), "--format", "csv", "--output", out, "--quiet"])
    return wall, memory


def least(rows):
    return min(r[0] for r in rows), max(r[1] for r in rows)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("archives", nargs="*", type=Path)
    options.add_argument("--wide", type=Path, help="a zip of one wide table")
    options.add_argument("--workbooks", action="store_true", help="an .xlsx and an .ods beside pandas")
    options.add_argument("--work", type=Path, default=HORIZON.parent.parent / "benchmarks")
    options.add_argument("--runs", type=int, default=5)
    options = options.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    folder, out = options.work / "set", options.work / "series.csv"
    if options.workbooks:
        workbooks(options.work, out, options.runs)
    if not options.archives:
        return
    print(f"The set: {make_set(options.archives, options.work)}.")
    print(f"{'read and group the set':34}{'seconds':>9}{'memory':>9}{'Horizon takes':>15}")
    for threads in (1, 2):
        results = {"Horizon": [], "polars": [], "duckdb": []}
        for _ in range(options.runs):
            results["Horizon"].append(horizon([folder], threads, out))
            for name in PEERS:
                results[name].append(peer(name, f"{folder}/*/*.csv", threads))
        own, memory = least(results["Horizon"])
        for name, rows in results.items():
            seconds, memory = least(rows)
            ratio = "" if name == "Horizon" else f"{own / seconds:14.2f}x"
            print(f"{name + f', {threads} thread' + 's' * (threads > 1):34}{seconds:8.2f}s{memory:6.0f} MB{ratio}")
    for archive in options.archives:
        rows = [(run(["unzip", "-p", archive], stdout=subprocess.DEVNULL)[0], horizon([archive], 2, out)) for _ in range(options.runs)]
        unzip, own = min(r[0] for r in rows), min(r[1][0] for r in rows)
        print(f"{archive.name}: unzip -p {unzip:.2f} s, Horizon {own:.2f} s on two threads, {unzip / own:.1f} times as fast, "
              f"{max(r[1][1] for r in rows):.0f} MB")
    if options.wide:
        table = options.work / zipfile.ZipFile(options.wide).namelist()[0]
        zipfile.ZipFile(options.wide).extractall(options.work)
        for path in (table, options.wide):
            rows = [horizon([path], 2, out) for _ in range(options.runs)]
            print(f"{path.name}: {least(rows)[0]:.2f} s, {least(rows)[1]:.0f} MB")


if __name__ == "__main__":
    main()
