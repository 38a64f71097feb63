"""A table of what GpuBenchmark.cs and compare.py measured, and whether ours is fast enough: table.py ROWS [GPU]

    ROWS   the rows of both: SHAPE | WHAT | ours or transformers | N tokens/s | N TFLOP/s | N GB [| N GB allocated]
    GPU    the card's name, as nvidia-smi has it: its peak in bf16 is known or not
The exit code is 1 where a row of transformers has none of ours beside it, or ours is too slow; without rows of transformers nothing is compared.
"""

import math
import sys

# Dense, of the cards on SXM boards; those for PCIe have less.
PEAKS = {"H100": 989, "H200": 989}
LEAST = {"generated": 2.0, "trained": 0.9}


def rows(lines):
    found = {}
    for line in lines:
        match line.rstrip("\n").split(" | "):
            case [shape, what, ("ours" | "transformers") as who, *numbers]:
                found.setdefault((shape, what), {})[who] = [float(number.split()[0]) for number in numbers]
    return found


def peak_of(gpu):
    return next((peak for card, peak in PEAKS.items() if card in gpu and "PCIe" not in gpu and "NVL" not in gpu), None)


def cells(one, peak):
    if one is None:
        return ["", "", ""]
    rate, operations, taken, *allocated = one
    share = f", {100 * operations / peak:.1f}%" if peak else ""
    memory = "not known" if math.isnan(taken) else f"{taken:.1f} GB"
    return [f"{rate:,.0f}", f"{operations:.0f} TFLOP/s{share}", memory + "".join(f" ({most:.1f} allocated)" for most in allocated)]


def verdict(what, ours, theirs):
    """The ratio, what is asked of it, whether it is that; None where nothing is compared."""
    least = LEAST[what.split(",")[0]]
    if theirs is None:
        return None
    if ours is None:
        return ["none", f"{least}", "no"]
    ratio = ours[0] / theirs[0]
    return [f"{ratio:.2f}", f"{least}", "yes" if ratio >= least else "no"]


def table(found, gpu):
    peak = peak_of(gpu)
    yield f"Share of the peak: of the {peak} TFLOP/s in bf16 of {gpu}." if peak else f"Share of the peak: none, for that of {gpu or 'the card'} in bf16 is not known here."
    yield ""
    heads = ["", "tokens/s: ours", "transformers", "ratio", "at least", "enough", "operations: ours", "transformers", "memory: ours", "transformers"]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for (shape, what), measured in found.items():
        ours, theirs = cells(measured.get("ours"), peak), cells(measured.get("transformers"), peak)
        ratio = verdict(what, measured.get("ours"), measured.get("transformers")) or ["", "", ""]
        yield "| " + " | ".join([f"{shape} {what}", ours[0], theirs[0], *ratio, ours[1], theirs[1], ours[2], theirs[2]]) + " |"


def main(path, gpu=""):
    with open(path, encoding="utf-8") as file:
        found = rows(file)
    print("\n".join(table(found, gpu)))
    verdicts = [verdict(what, measured.get("ours"), measured.get("transformers")) for (_, what), measured in found.items()]
    compared = [one for one in verdicts if one]
    slow = sum(one[2] == "no" for one in compared)
    print()
    if not compared:
        print("nothing is compared: there are no rows of transformers")
    elif slow:
        print(f"too slow: {slow} of {len(compared)} rows; generating is to be at least {LEAST['generated']} times as fast as transformers, training {LEAST['trained']} times")
    else:
        print(f"fast enough: all {len(compared)} rows, generating at least {LEAST['generated']} times as fast as transformers, training {LEAST['trained']} times")
    return 1 if slow or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) in (2, 3) else __doc__)
