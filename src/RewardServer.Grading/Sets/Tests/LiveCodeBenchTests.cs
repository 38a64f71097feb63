using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Sets.Tests;

/// <summary>
/// Tests as LiveCodeBench has them: <c>[{"input", "output", "testtype": "stdin" | "functional"}]</c> (<c>public_test_cases</c>), or
/// <c>{"input_output": {"inputs": […], "outputs": […], "fn_name"?}}</c>, or that object by itself; each as JSON, as a text that holds it, or packed
/// (<c>private_test_cases</c>): the base64 of zlib of a pickle of that text (lcb_runner/benchmarks/code_generation.py).
/// </summary>
public static class LiveCodeBenchTests
{
    /// <summary>The most bytes that tests may unpack to, where the caller does not say it.</summary>
    public const int MostBytes = 64 << 20;

    // A text that holds a text that holds the tests, and no deeper.
    private const int MostTexts = 3;

    // JSON can write it, and no text of .NET has it.
    private const string HalfCharacter = "holds half of a character";

    /// <summary>Makes a task of tests: a Python program that reads standard input, or whose function is called.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="function">The function's name, where tests of "functional" do not bring it; <see cref="FunctionOf"/> reads it.</param>
    /// <param name="mostBytes">The most bytes that packed tests may unpack to.</param>
    /// <returns>The task; or what is wrong, with the path below the tests ("" for the tests themselves).</returns>
    public static (CodeTask? Task, (string Path, string Message)? Error) Read(JsonElement tests, string? function = null, int mostBytes = MostBytes) =>
        Read(tests, function, mostBytes, MostTexts);

    /// <summary>The function that a row's <c>metadata</c> names, an object or a text that holds one: its <c>func_name</c>. Null where there is none.</summary>
    public static string? FunctionOf(JsonElement metadata)
    {
        try
        {
            return JsonPaths.Parsed(metadata) is { ValueKind: JsonValueKind.Object } read && read.TryGetProperty("func_name", out var name)
                && name.ValueKind == JsonValueKind.String && name.GetString() is { Length: > 0 } function ? function : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static (CodeTask? Task, (string Path, string Message)? Error) Read(JsonElement tests, string? function, int mostBytes, int texts)
    {
        if (tests.ValueKind == JsonValueKind.String && texts > 0)
        {
            var (held, wrong) = Held(tests, mostBytes);
            return wrong is null ? Read(held, function, mostBytes, texts - 1) : (null, ("", wrong));
        }

        if (tests.ValueKind == JsonValueKind.Array)
        {
            return OfCases(tests, function);
        }

        if (tests.ValueKind == JsonValueKind.Object && tests.TryGetProperty("input_output", out var inner) && texts > 0)
        {
            var (task, error) = Read(inner, function, mostBytes, texts - 1);
            return error is { } wrong ? (null, (JsonPaths.Below("input_output", wrong.Path), wrong.Message)) : (task, null);
        }

        return InputOutputTests.Are(tests) ? OfInputs(tests)
            : (null, ("", "must be a list of tests with input and output, or have input_output with inputs and outputs"));
    }

    private static (CodeTask? Task, (string Path, string Message)? Error) OfInputs(JsonElement tests)
    {
        try
        {
            return InputOutputTests.Read(tests);
        }
        catch (InvalidOperationException)
        {
            return (null, ("inputs", HalfCharacter));
        }
    }

    private static (JsonElement Held, string? Error) Held(JsonElement text, int mostBytes)
    {
        try
        {
            // No JSON of tests is base64: it begins with a bracket.
            if (!text.TryGetBytesFromBase64(out var packed))
            {
                return JsonPaths.Parsed(text) is { } held ? (held, null) : (default, "must be JSON, or packed (base64 of zlib of a pickled text)");
            }

            using var unpacked = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            return (JsonElement.Parse(PickledText.Read(unpacked, mostBytes).Span), null);
        }
        catch (InvalidDataException malformed)
        {
            return (default, $"is packed, and cannot be unpacked: {malformed.Message}");
        }
        catch (JsonException)
        {
            return (default, "is packed, and what is in it is not JSON");
        }
        catch (InvalidOperationException)
        {
            return (default, HalfCharacter);
        }
    }

    private static (CodeTask? Task, (string Path, string Message)? Error) OfCases(JsonElement cases, string? function)
    {
        var tests = ImmutableArray.CreateBuilder<TestCase>(cases.GetArrayLength());
        foreach (var one in cases.EnumerateArray())
        {
            var (test, error) = ReadableCase(one, function);
            if (test is null)
            {
                return (null, (JsonPaths.Below($"[{tests.Count}]", error!.Value.Path), error.Value.Message));
            }

            tests.Add(test);
        }

        return InputOutputTests.TaskOf(tests.ToImmutable());
    }

    private static (TestCase? Test, (string Path, string Message)? Error) ReadableCase(JsonElement one, string? function)
    {
        try
        {
            return OfCase(one, function);
        }
        catch (InvalidOperationException)
        {
            return (null, ("", HalfCharacter));
        }
    }

    private static (TestCase? Test, (string Path, string Message)? Error) OfCase(JsonElement one, string? function)
    {
        if (one.ValueKind != JsonValueKind.Object)
        {
            return (null, ("", "must be an object with input and output"));
        }

        foreach (var member in (ReadOnlySpan<string>)["input", "output"])
        {
            if (!one.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return (null, (member, "is required"));
            }
        }

        var (kind, problem) = KindOf(one, function);
        if (problem is not null)
        {
            return (null, ("testtype", problem));
        }

        var (input, output) = (one.GetProperty("input"), one.GetProperty("output"));
        return kind == "stdin" ? (InputOutputTests.Stdio(input, output), null)
            : CallLines.Read(function!, input, output) is { } call ? (call, null)
            : (null, ("input", CallLines.Unreadable));
    }

    private static (string? Kind, string? Error) KindOf(JsonElement one, string? function)
    {
        var kind = one.TryGetProperty("testtype", out var told) && told.ValueKind != JsonValueKind.Null ? told.ToString() : function is null ? "stdin" : "functional";
        return kind switch
        {
            "stdin" => (kind, null),
            "functional" when function is not null => (kind, null),
            "functional" => (null, "is 'functional', and metadata.func_name names no function"),
            _ => (null, "must be 'stdin' or 'functional'"),
        };
    }
}
