using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>The languages in which functions can be called, by name.</summary>
internal static class CallDrivers
{
    public static FrozenDictionary<string, ICallDriver> All { get; } = new Dictionary<string, ICallDriver>
    {
        ["python"] = new PythonCallDriver(),
        ["javascript"] = new JavaScriptCallDriver(),
        ["cpp"] = new CppCallDriver(),
        ["csharp"] = new CSharpCallDriver(),
        ["java"] = new JavaCallDriver(),
        ["typescript"] = new TypeScriptCallDriver(),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
