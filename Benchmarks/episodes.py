#!/usr/bin/env python3
"""Counts notifications per true event in the episodes of `horizon exceptions --episodes` on simulated series.

  horizon exceptions LONG.csv --frequency monthly --last 36 --alpha 0.01 --episodes --output EPISODES.csv
  episodes.py --truth TRUTH.csv --design B --episodes EPISODES.csv

TRUTH.csv is a table of designs A (weekly) or B (monthly) with the columns series_id, t, date, is_outbreak, kind and eval; EPISODES.csv
has at least unique_id, onset, opened, last. A notification is an episode that opens. An event is found if a notification comes
in its window (A: the injected weeks; B: the month of a spike, six months of a shift, twelve of a ramp), or late if one comes
after it and before the time below is up.

- per_found_event: notifications from onset to the end of the time an event may echo (the window and four weeks or six months
  more; for a shift or ramp to the end of the series, because the level stays), divided by the events with any.
- false_per_series_year: notifications at other times, per year of series that is event-free.
- share_true: of all notifications those that are the first of an event.
"""
import argparse, json
import pandas as pd

def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--truth", required=True); a.add_argument("--design", choices=["A", "B"], required=True)
    a.add_argument("--episodes", required=True)
    a = a.parse_args()
    t = pd.read_csv(a.truth); x = pd.read_csv(a.episodes)
    index = t.set_index(["series_id", "date"]).t
    x["t"] = [index.get((u, d)) for u, d in zip(x.unique_id, x.opened)]
    x = x[x.t.notna()]
    e = t[t["eval"] == 1]
    window = e[e.is_outbreak == 1].groupby("series_id").t.agg(["min", "max"])
    end = e.groupby("series_id").t.max(); start = e.groupby("series_id").t.min()
    lasting = set(t.loc[t.kind.isin(["shift", "ramp"]), "series_id"])
    opened = {k: sorted(v) for k, v in x.groupby("unique_id").t}
    found = late = notes = 0; outside = 0; free = 0; many = {}
    for s in end.index:
        told = [v for v in opened.get(s, []) if v >= start[s]]
        span = end[s] - start[s] + 1
        if s in window.index:
            lo, hi = window.loc[s]
            echo = end[s] if s in lasting else min(end[s], hi + {"A": 4, "B": 6}[a.design])
            own = [v for v in told if lo <= v <= echo]
            found += any(v <= hi for v in own); late += bool(own) and not any(v <= hi for v in own)
            notes += len(own); many[len(own)] = many.get(len(own), 0) + 1
            outside += len(told) - len(own); free += span - (echo - lo + 1)
        else:
            outside += len(told); free += span
    year = {"A": 52, "B": 12}[a.design]
    events = len(window)
    print(json.dumps(dict(
        design=a.design, series=len(end), events=events, found=round(found / events, 4), late=round(late / events, 4),
        notifications=notes + outside, per_found_event=round(notes / max(1, found + late), 4),
        per_event=round(notes / events, 4), false_per_series_year=round(outside / (free / year), 4),
        share_true=round((found + late) / max(1, notes + outside), 4), by_count={str(k): many[k] for k in sorted(many)})))

main()
