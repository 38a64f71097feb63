"""Starts the driver of a check, whose code stands beside it, compiled by the same interpreter."""


def start():
    import marshal
    import os
    import sys
    # What stands beside this file is the candidate's: none of it may be taken for a module of the library.
    names = {"__name__": "check_driver", "WHOLE_PATH": sys.path[:]}
    sys.path[:] = [each for each in sys.path if each not in ("", ".", os.getcwd(), os.path.dirname(__file__))]
    with open("check.bin", "rb") as file:
        version, _, code = file.read().partition(b"\0")
    if version != sys.version.encode():
        os.write(3, b"driver of another interpreter")
        os._exit(1)
    for part in marshal.loads(code):
        exec(part, names)


if __name__ == "__main__":
    start()
