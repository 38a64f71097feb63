using System.Collections.Frozen;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Generation.Properties;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// Programs that do nothing: what they take is the start of their language, not the work of a program. To a call's start
/// belongs its driver, where it starts without the function: where it is not compiled with the program.
/// </summary>
internal static class EmptyPrograms
{
    private static readonly FrozenDictionary<string, string> Sources = new Dictionary<string, string>
    {
        ["python"] = "",
        ["c"] = "int main(void) { return 0; }\n",
        ["cpp"] = "int main() { return 0; }\n",
        ["csharp"] = "internal static class Program { private static void Main() { } }\n",
        ["javascript"] = "",
        ["typescript"] = "",
        ["java"] = "public class Main { public static void main(String[] arguments) { } }\n",
        ["go"] = "package main\n\nfunc main() {}\n",
        ["rust"] = "fn main() {}\n",
        ["bash"] = "",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> DriverStartsAlone = new[] { "python", "javascript" }.ToFrozenSet();

    /// <summary>The empty program of a language on a test; null where none is known.</summary>
    public static RunRequest? Of(string language, TestCase test, SandboxPool sandbox)
    {
        if (!Sources.TryGetValue(language, out var source))
        {
            return null;
        }

        var call = (test is PropertyTest property ? property.Inner : test) as CallTest;
        return call is not null && DriverStartsAlone.Contains(language)
            ? new CallRun(new CandidateProgram(CodeLanguage.All[language], source, ResourceLimits.Default), call).Request
            : new() { Language = language, Files = [new(sandbox.MainFileOf(language), Encoding.UTF8.GetBytes(source))] };
    }
}
