# Reaches the limit whose name stands on standard input; 3 is how a program ends that meets it in an orderly way.
import os, subprocess, sys, time

limit = input()
try:
    if limit == "cpu":
        while True: pass
    elif limit == "wall":
        time.sleep(60)
    elif limit == "memory":
        kept = []
        while True: kept.append(bytearray(1 << 20))
    elif limit == "processes":
        kept = [subprocess.Popen(["/bin/sleep", "60"]) for _ in range(100)]
    elif limit == "output":
        for _ in range(32): sys.stdout.write("x" * 65536)
    elif limit == "file":
        with open("large", "wb", buffering=0) as file:
            while True: file.write(bytes(1 << 16))
    elif limit == "open files":
        kept = [open("/dev/null") for _ in range(5000)]
    elif limit == "scratch":
        for number in range(1000):
            with open(str(number), "wb") as file: file.write(bytes(1 << 19))
except OSError:
    sys.exit(3)
