"""Compiles the driver of checks: its files come as JSON, its code goes out for as long as the interpreter is the same."""
import json
import marshal
import sys

parts = [compile(source, "<%s>" % name, "exec", dont_inherit=True, optimize=2) for name, source in json.load(sys.stdin)]
sys.stdout.buffer.write(sys.version.encode() + b"\0" + marshal.dumps(parts))
