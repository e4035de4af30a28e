#!/usr/bin/env python3
"""Reconciles the same forecasts with Horizon and with hierarchicalforecast, in one run, and prints times, memory and agreement.

    swift build -c release --package-path Benchmarks
    Benchmarks/reconciliation.py [--nodes 1500 3060 5000 22000] [--dense 5000] [--periods 120] [--steps 12] [--runs 3]

Structures are areas crossed with measures, measures in groups, as crime data has them: leaf, area x group, area, measure,
group, all. Forecasts and errors are drawn at random. The dense peer, MinTrace("mint_shrink"), runs up to --dense nodes;
MinTraceSparse("wls_struct"), which has no mint_shrink, at every size. `counts` are 1,000 joint draws of 12 steps that add up. All are
on one thread; times are the fastest of --runs, of processor time too, which is fair on a machine that does other work.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy as np
from hierarchicalforecast.methods import MinTrace, MinTraceSparse
from scipy import sparse

BINARY = Path(__file__).resolve().parent / ".build/release/ReconciliationBenchmark"


def structure(nodes, measures=28, groups=7):
    """Parts of each total, totals first, with about so many nodes."""
    areas = max(2, round((nodes - 1 - measures - groups) / (1 + groups + measures)))
    each = measures // groups
    heads = 1 + groups + measures + areas + areas * groups
    leaf = lambda a, m: heads + a * measures + m
    cell = lambda a, g: 1 + groups + measures + areas + a * groups + g
    parts = [[1 + g for g in range(groups)]]
    parts += [[1 + groups + g * each + k for k in range(each)] for g in range(groups)]
    parts += [[leaf(a, m) for a in range(areas)] for m in range(measures)]
    parts += [[cell(a, g) for g in range(groups)] for a in range(areas)]
    parts += [[leaf(a, g * each + k) for k in range(each)] for a in range(areas) for g in range(groups)]
    return parts, heads + areas * measures


def summing(parts, n):
    a = len(parts)
    rows = [None] * n
    for i in range(a, n):
        rows[i] = [i - a]
    for t in reversed(range(a)):
        rows[t] = sorted(x for p in parts[t] for x in rows[p])
    indices = np.concatenate([np.array(r) for r in rows])
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
    return sparse.csr_matrix((np.ones(len(indices)), indices, starts), shape=(n, n - a))


def fastest(runs, work):
    best = [np.inf, np.inf]
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        best = [min(best[0], time.perf_counter() - wall), min(best[1], time.process_time() - cpu)]
    return best, result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1500, 3060, 5000, 22000])
    parser.add_argument("--dense", type=int, default=5200, help="most nodes of the dense peer")
    parser.add_argument("--periods", type=int, default=120)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    if not BINARY.exists():
        sys.exit(f"there is no {BINARY}: build it first (see --help)")
    print("nodes,method,wall_s,cpu_s,memory_mb,peer_wall_ratio,peer_cpu_ratio,largest_difference")
    for wanted in arguments.nodes:
        parts, n = structure(wanted)
        rng = np.random.default_rng(wanted)
        a = len(parts)
        S = summing(parts, n)
        rate = rng.gamma(0.7, 4, n - a)
        shared = rng.normal(0, 0.1, arguments.periods)
        bottom = rng.normal(0, np.sqrt(rate)[:, None], (n - a, arguments.periods)) + rate[:, None] * shared
        errors = S @ bottom + rng.normal(0, 0.2, (n, arguments.periods))
        mean = S @ rate
        base = np.maximum(mean[:, None] * (1 + rng.normal(0, 0.1, (n, arguments.steps))), 0)
        with tempfile.TemporaryDirectory() as folder:
            case, out = Path(folder) / "case", Path(folder) / "out"
            with open(case, "wb") as file:
                file.write(np.array([n, a, arguments.periods, arguments.steps], "<i8").tobytes())
                file.write(np.array([x for p in parts for x in [len(p), *p]], "<i8").tobytes())
                file.write(errors.astype("<f8").tobytes())
                file.write(base.astype("<f8").tobytes())
            run = subprocess.run(["/usr/bin/env", "time", "-f", "%M", BINARY, case, out, str(arguments.runs)], capture_output=True, text=True)
            if run.returncode:
                run = subprocess.run([BINARY, case, out, str(arguments.runs)], capture_output=True, text=True, check=True)
            memory = run.stderr.strip().splitlines()[-1] if run.stderr.strip() else ""
            own = {line.split(",")[0]: [float(x) for x in line.split(",")[1:]] for line in run.stdout.split()}
            ours = np.frombuffer(out.read_bytes(), "<f8").reshape(n, arguments.steps)
        megabytes = f"{int(memory) / 1024:.0f}" if memory.isdigit() else ""
        peers = {}
        if n <= arguments.dense:
            dense = S.toarray()
            peers["mint"] = fastest(
                1 if n > 2000 else arguments.runs,
                lambda: MinTrace("mint_shrink").fit_predict(S=dense, y_hat=base, y_insample=errors, y_hat_insample=np.zeros_like(errors))["mean"])
        peers["wls-struct"] = fastest(arguments.runs, lambda: MinTraceSparse("wls_struct").fit_predict(S=S, y_hat=base)["mean"])
        for method, (wall, cpu) in own.items():
            peer = peers.get(method)
            ratio = [f"{peer[0][0] / wall:.1f}", f"{peer[0][1] / cpu:.1f}"] if peer else ["", ""]
            gap = f"{np.max(np.abs(peer[1] - ours) / np.maximum(1, np.abs(ours))):.1e}" if peer and method == "mint" else ""
            print(",".join([str(n), method, f"{wall:.4f}", f"{cpu:.4f}", megabytes, *ratio, gap]), flush=True)
        for method, ((wall, cpu), _) in peers.items():
            print(f"{n},hierarchicalforecast {method},{wall:.4f},{cpu:.4f},,,,", flush=True)


if __name__ == "__main__":
    main()
