using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

/// <summary>The names in the form of values as JSON, which drivers write and tasks use.</summary>
internal static class ValueForm
{
    public const string Float = "$float", Complex = "$complex", Bytes = "$bytes", Dict = "$dict", Escape = "$escape", Object = "$object";

    /// <summary>Sequences that are no list, by their names.</summary>
    public static FrozenDictionary<string, SequenceKind> Sequences { get; } = new Dictionary<string, SequenceKind>
    {
        ["$tuple"] = SequenceKind.Tuple,
        ["$set"] = SequenceKind.Set,
        ["$frozenset"] = SequenceKind.FrozenSet,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Numbers that JSON has not, by their names.</summary>
    public static FrozenDictionary<string, double> Numbers { get; } = new Dictionary<string, double>
    {
        ["nan"] = double.NaN,
        ["inf"] = double.PositiveInfinity,
        ["-inf"] = double.NegativeInfinity,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a member of this name would not be one of a dict.</summary>
    public static bool IsReserved(string name) => name.StartsWith('$');
}
