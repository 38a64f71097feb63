using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>
/// HumanEvalDataset and those of its form: a function that goes on where the prompt ends, or with <c>extra.is_freeform</c> a program in a
/// fenced block (sandbox/datasets/humaneval.py). Its rows have <c>prompt</c>, <c>test</c> and <c>entry_point</c> (Python), or as MultiPL-E has them
/// <c>language</c>, <c>prompt</c>, <c>tests</c> and <c>stop_tokens</c>.
/// </summary>
internal static class HumanEval
{
    private const string PythonImports =
        "import math, re, sys, copy, datetime, itertools, collections, heapq, statistics, functools, hashlib, string\nfrom typing import *\nfrom collections import *\n";

    private const string NumpyImport = "import numpy\nimport numpy as np\n";

    private const string CppImports = "#include <bits/stdc++.h>\nusing namespace std;\n";

    // In which no check stands apart from the class that the prompt opens.
    private static readonly string[] OfClasses = ["java", "csharp"];

    /// <summary>Reads a row.</summary>
    public static JudgedProblem Read(ProvidedRow row, SubmitRequest request)
    {
        var language = LanguageOf(row, request.Dataset!);
        if (OfClasses.Contains(language))
        {
            return JudgedProblem.Not($"{language} programs of HumanEvalDataset cannot be judged here: their tests stand inside of the program's class");
        }

        var prompt = row.Has("prompt") ? row.Text("prompt") : row.Text("content");
        var harness = row.Text(row.Has("tests") ? "tests" : "test");
        return request.Settings.Has("is_freeform")
            ? OfProgram(language, prompt, Check(row, language, WithoutBrace(harness).Check))
            : OfContinuation(language, prompt, Check(row, language, WithoutBrace(harness).Check), new(row, language), WithoutBrace(harness).Had);
    }

    private static JudgedProblem OfProgram(string language, string prompt, CheckTest check) => new()
    {
        Language = language,
        Tests = [check],
        Prompt = prompt,
        Program = code => Imports(language, code) + code,
    };

    private static JudgedProblem OfContinuation(string language, string prompt, CheckTest check, Continuation continuation, bool closes) => new()
    {
        Language = language,
        Tests = [check],
        Prompt = prompt,
        Extracts = false,
        Cut = continuation.Cut,
        Program = code => $"{Imports(language, prompt + code)}{prompt}\n{code}{(closes ? "\n}\n" : "")}",
    };

    private static string LanguageOf(ProvidedRow row, string dataset)
    {
        if (!row.Has("tests"))
        {
            return "python";
        }

        var suffix = dataset.StartsWith("humaneval_", StringComparison.Ordinal) || dataset.StartsWith("multiple_", StringComparison.Ordinal)
            ? dataset[(dataset.IndexOf('_', StringComparison.Ordinal) + 1)..]
            : "python";
        return ForeignLanguages.OursFor(CodeTexts.Before(row.Text("language", suffix), "."));
    }

    // What the test calls is told beside it, but in the forms that call it themselves.
    private static CheckTest Check(ProvidedRow row, string language, string harness)
    {
        var labels = row.Has("labels") ? row.Object("labels") : row;
        var entry = row.Has("entry_point") ? row.Text("entry_point") : labels.Text("entry_point", "");
        var isUnittest = language == "python" && harness.Contains("unittest", StringComparison.Ordinal) && harness.Contains("TestCase", StringComparison.Ordinal);
        return isUnittest ? new CheckTest(harness, Style: CheckStyle.Unittest)
            : new CheckTest(harness, EntryPoint: language == "python" && entry.Length > 0 && harness.Contains("def check(", StringComparison.Ordinal) ? entry : null);
    }

    // MultiPL-E's tests close the function that the program left open, for its end is where the model stops.
    private static (string Check, bool Had) WithoutBrace(string harness) =>
        harness.AsSpan().TrimStart() is ['}', .. var rest] ? (rest.ToString(), true) : (harness, false);

    private static string Imports(string language, string program) => language switch
    {
        // A future statement stands first.
        "python" when program.Contains("__future__", StringComparison.Ordinal) => "",
        "python" => PythonImports + (program.Contains("np.", StringComparison.Ordinal) || program.Contains("numpy", StringComparison.Ordinal) ? NumpyImport : ""),
        "cpp" => CppImports,
        _ => "",
    };
}
