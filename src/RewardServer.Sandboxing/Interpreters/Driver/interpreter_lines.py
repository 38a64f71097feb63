"""What a notebook's lines that are no Python do: `!command` runs in a shell, `%magic` says that there is none."""
import subprocess
import sys

# Those that only choose how a notebook looks.
QUIET = ("matplotlib", "config", "autoreload", "load_ext", "precision", "colors")


def system(command):
    """Runs a command, whose output is the cell's."""
    sys.stdout.flush()
    subprocess.run(["/bin/sh", "-c", command], check=False)


def magic(line):
    """Passes over what only chooses how things look."""
    name = line.split(" ")[0]
    if name not in QUIET:
        sys.stderr.write("UsageError: Line magic function `%%%s` not found.\n" % name)
