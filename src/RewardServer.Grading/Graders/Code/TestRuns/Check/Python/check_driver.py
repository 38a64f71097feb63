"""Starts the driver of a check, whose code stands beside it, compiled by the same interpreter."""


def start():
    import marshal
    import os
    import sys
    names = {"__name__": "check_driver"}
    with open("check.bin", "rb") as file:
        version, _, code = file.read().partition(b"\0")
    if version != sys.version.encode():
        os.write(3, b"driver of another interpreter")
        os._exit(1)
    for part in marshal.loads(code):
        exec(part, names)


if __name__ == "__main__":
    start()
