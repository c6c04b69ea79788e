"""What a run of bench/scale took: the ledger says how long, Spark's event log and Java's log of collections how much memory.

    report.py --heading
    report.py SCALE WORKERS FOLDER
"""
import glob
import json
import re
import sys

COLUMNS = ["scale", "workers", "rows", "run", "ingest", "transform", "quality", "serve", "driver heap", "executor heap",
           "executor process", "processor", "collecting", "shuffled", "spilled", "lake"]


def line(cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def heading():
    line(COLUMNS)
    print("|" + "---|" * len(COLUMNS))


def steps(folder):
    data = json.load(open(f"{folder}/steps.json"))["data"]
    names = [column["name"] for column in data["columns"]]
    return [dict(zip(names, row)) for row in data["rows"]]


def events(folder):
    for file in glob.glob(f"{folder}/events/app-*"):
        with open(file) as lines:
            yield from map(json.loads, lines)


def tasks(folder):
    """The sums over all tasks, and the largest process of an executor in bytes."""
    total = {"processor": 0, "collecting": 0, "shuffled": 0, "spilled": 0}
    process = 0
    for event in events(folder):
        if event["Event"] == "SparkListenerTaskEnd" and event.get("Task Metrics"):
            task = event["Task Metrics"]
            total["processor"] += (task["Executor CPU Time"] + task["Executor Deserialize CPU Time"]) / 1e9
            total["collecting"] += task["JVM GC Time"] / 1e3
            total["shuffled"] += task["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            total["spilled"] += task["Disk Bytes Spilled"]
        elif event["Event"] == "SparkListenerStageExecutorMetrics" and event["Executor ID"] != "driver":
            process = max(process, event["Executor Metrics"]["ProcessTreeJVMRSSMemory"])
    return total, process


def heap(pattern):
    """The most that a collection has left, in megabytes: what a heap must have, and some that is garbage."""
    left = [int(size) for file in glob.glob(pattern) for size in re.findall(r"Pause .*->(\d+)M\(", open(file).read())]
    return max(left, default=0)


def report(scale, workers, folder):
    done = steps(folder)
    total, process = tasks(folder)
    seconds = {phase: sum(s["seconds"] for s in done if s["phase"] == phase)
               for phase in ["ingest", "transform", "quality", "serve"]}
    line([scale, workers, f"{next(s['rows_out'] for s in done if s['table_name'] == 'raw.lineitem'):,}",
          f"{done[0]['run_seconds']:.1f}", *(f"{s:.1f}" for s in seconds.values()),
          f"{heap(folder + '/gc-driver.log')} MB", f"{heap(folder + '/gc-executor-*.log')} MB", f"{process / 1e6:.0f} MB",
          f"{total['processor']:.1f}", f"{total['collecting']:.1f}", f"{total['shuffled'] / 1e6:.0f} MB",
          f"{total['spilled'] / 1e6:.0f} MB",
          f"{sum(s['bytes_out'] or 0 for s in done if s['phase'] != 'serve') / 1e6:.0f} MB"])
    with open(f"{folder}/steps.md", "w") as out:
        for s in done:
            out.write(f"| {scale} | {workers} | `{s['table_name']}` | {s['phase']} | {s['rows_out'] or 0:,} | {s['seconds'] or 0:.1f} |\n")


if __name__ == "__main__":
    if sys.argv[1] == "--heading":
        heading()
    else:
        report(*sys.argv[1:])
