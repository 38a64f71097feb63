using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>The languages whose checks run in one process with the candidate, by name.</summary>
internal static class SharedCheckDrivers
{
    public static FrozenDictionary<string, ISharedCheckDriver> All { get; } = new Dictionary<string, ISharedCheckDriver>
    {
        ["c"] = new CCheckDriver("check.c"),
        ["cpp"] = new CCheckDriver("check.cpp"),
        ["csharp"] = new CSharpCheckDriver(),
        ["java"] = new JavaCheckDriver(),
        ["javascript"] = new JavaScriptCheckDriver(),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
