using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Benchmarks;

/// <summary>A program of Python's with a test, and the same test as a script that a plain interpreter runs.</summary>
/// <param name="Source">The program.</param>
/// <param name="Test">The test.</param>
/// <param name="Script">What a plain interpreter runs.</param>
/// <param name="Stdin">What it reads.</param>
/// <param name="Expected">What it must print, but for white space at the ends; null where its exit code alone decides.</param>
internal sealed record PythonPair(string Source, TestCase Test, string Script, string Stdin, string? Expected);

/// <summary>
/// Programs as models write them, right and wrong in many ways: by value, by type, with exceptions, exit codes, odd outputs.
/// The same number gives the same pairs.
/// </summary>
internal static class PythonPairs
{
    // {0} and {1} are small numbers. Functions called f with one argument, a list of integers; about half of them are right for some of what is asked.
    private static readonly string[] Functions =
    [
        "def f(a): return sum(a) + {0}",
        "def f(a): return sorted(a)[:{0}]",
        "def f(a): return [x * {0} for x in a if x % 2]",
        "def f(a): return (len(a), {0})",
        "def f(a): return {{x: x + {0} for x in a}}",
        "def f(a): return set(a) | {{{0}}}",
        "def f(a): return max(a) - {0}",
        "def f(a): return a[{0}]",
        "def f(a): return sum(a) / len(a)",
        "def f(a): return ''.join(chr(97 + x % 26) for x in a) * {0}",
        "def f(a): return None if len(a) > {0} else a",
        "def f(a): return bool(a) and a[0] > {0}",
        "from collections import Counter\ndef f(a): return Counter(a)",
        "from collections import defaultdict\ndef f(a):\n    d = defaultdict(list)\n    for x in a: d[x % 3].append(x)\n    return d",
        "def f(a):\n    a.sort()\n    return a",
        "def f(a):\n    if len(a) == {0}: raise ValueError('no')\n    return len(a)",
        "def f(a):\n    seen = []\n    for x in a:\n        if x not in seen: seen.append(x)\n    return seen",
        "import math\ndef f(a): return math.prod(a) % 10 ** {0}",
        "def f(a): return tuple(reversed(a))",
        "def f(a): return [[x, x + {0}] for x in a]",
        "def f(a): return float(sum(a))",
        "def f(a): return str(a)",
        "def f(a): return b'x' * {0}",
        "class P(int): pass\ndef f(a): return P(sum(a))",
        "class L(list): pass\ndef f(a): return L(a)",
        "def f(a): return 10 ** 30 + sum(a)",
        "def f(a): return complex(len(a), {0})",
        "def g(n): return 1 if n < 2 else n * g(n - 1)\ndef f(a): return g(len(a) + {0})",
        "def f(a):\n    import sys\n    sys.exit({0} % 2)",
        "def f(a): return undefined_name",
        "def f(a): return [x for x in a if x > {0}] or None",
        "from fractions import Fraction\ndef f(a): return Fraction(sum(a), {0} + 1)",
        "def f(a): return frozenset(a)",
        "def f(a): return range({0})",
        "f = lambda a: sum(x * x for x in a)",
        "def f(a): return {{'n': len(a), 'all': a, 'nested': {{'k': [{0}]}}}}",
        "def f(a)\n    return a",
    ];

    private static readonly string[] Programs =
    [
        "n = int(input())\nprint(n + {0})",
        "import sys\nprint(sum(map(int, sys.stdin.read().split())) + {0})",
        "print('x' * {0}, end='')",
        "print('a  ')\nprint()\nprint('b')\nprint()",
        "import sys\nsys.stdout.write('{0}\\n' * 3)\nsys.exit(0)",
        "print(input()[::-1])",
        "raise SystemExit({0} % 3)",
        "print(1 / ({0} % 2))",
        "for line in open(0): print(line.strip().upper())",
        "import os\nprint({0}, flush=True)\nos._exit({0} % 2)",
        "print('\u00e9\u4e2d' * {0})",
        "import sys\nprint('out')\nprint('err', file=sys.stderr)",
        "def main():\n    print(sorted(input().split()))\nif __name__ == '__main__':\n    main()",
        "print(f'{{int(input()) / 7:.{0}f}}')",
        "import random\nrandom.seed({0})\nprint(random.randint(0, 9))",
        "print(*range({0}), sep='\\n')",
        "assert int(input()) > {0}\nprint('big')",
        "while True:\n    try: print(int(input()) * 2)\n    except EOFError: break",
        "print({0}",
        "import json\nprint(json.dumps({{'k': {0}, 'l': [1, 2]}}))",
    ];

    /// <summary>The pairs; each has one test.</summary>
    /// <param name="count">How many.</param>
    /// <param name="plain">Runs a script on an input in a plain interpreter, and says what it printed.</param>
    public static IEnumerable<PythonPair> Make(int count, Func<string, string, string> plain)
    {
#pragma warning disable RS0030 // Seeded: the same pairs, always.
        var random = new Random(1);
#pragma warning restore RS0030
        for (var i = 0; i < count; i++)
        {
            yield return (i % 3) switch
            {
                0 => Stdio(random, plain),
                1 => Check(random, plain),
                _ => Call(random, plain),
            };
        }
    }

    // What is expected is what the program prints, or that with a change that does or does not count.
    private static PythonPair Stdio(Random random, Func<string, string, string> plain)
    {
        var source = Filled(Programs[random.Next(Programs.Length)], random.Next(6));
        var stdin = $"{random.Next(20)}\n" + (random.Next(2) == 0 ? "" : $"{random.Next(20)}\n");
        var printed = plain(source, stdin);
        var expected = random.Next(4) switch { 0 => printed, 1 => printed.TrimEnd() + " \n\n", 2 => printed + "x", _ => printed.Replace('1', '2') };
        return new(source, new StdioTest(stdin, expected), source, stdin, expected);
    }

    private static PythonPair Check(Random random, Func<string, string, string> plain)
    {
        var (source, argument) = Function(random);
        var value = plain($"{source}\nprint(repr(f({argument})), end='')", "");
        var wanted = random.Next(2) == 0 || value.Length == 0 || value.Contains('<', StringComparison.Ordinal) ? argument : value;
        var harness = "from collections import *\nfrom fractions import Fraction\n" + random.Next(4) switch
        {
            0 => $"assert f({argument}) == {wanted}",
            1 => $"def check(candidate):\n    assert candidate({argument}) == {wanted}\n    assert isinstance(candidate({argument}), type({wanted}))\ncheck(f)",
            2 => $"a = {argument}\nr = f(a)\nassert r == {wanted}, 'wrong'\nassert a == {argument}",
            _ => $"try:\n    r = f({argument})\nexcept (ValueError, IndexError):\n    r = 'raised'\nassert r == 'raised' or r == {wanted}",
        };
        return new(source, new CheckTest(harness), $"{source}\n{harness}\n", "", null);
    }

    private static PythonPair Call(Random random, Func<string, string, string> plain)
    {
        var (source, argument) = Function(random);
        var value = plain($"{source}\nimport json\nr = f({argument})\nprint(json.dumps(r) if type(r) in (int, list, str, dict, bool, float, type(None)) else '', end='')", "");
        var wanted = random.Next(2) == 0 && value.Length > 0 ? value : random.Next(2) == 0 ? argument : random.Next(9).ToString(CultureInfo.InvariantCulture);

        // Strictly by type, as calls are compared; a subclass of a number or a list is that number or list.
        var script = $"""
            {source}
            import json, sys
            def same(a, b):
                kinds = (bool, int, float, str, list, dict, type(None))
                kind = lambda v: next((k for k in kinds if isinstance(v, k)), type(v))
                if kind(a) is not kind(b): return False
                if isinstance(a, list): return len(a) == len(b) and all(map(same, a, b))
                if isinstance(a, dict): return set(map(str, a)) == set(b) and all(isinstance(k, str) and same(v, b[k]) for k, v in a.items())
                return a == b
            sys.exit(0 if same(f({argument}), json.loads({JsonSerializer.Serialize(wanted)})) else 1)
            """;
        return new(source, new CallTest("f", [JsonElement.Parse(argument)], JsonElement.Parse(wanted)), script, "", null);
    }

    private static (string Source, string Argument) Function(Random random) =>
        (Filled(Functions[random.Next(Functions.Length)], random.Next(6)), $"[{string.Join(", ", Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(-3, 10)))}]");

    private static string Filled(string template, int number) => string.Format(CultureInfo.InvariantCulture, template, number);
}
