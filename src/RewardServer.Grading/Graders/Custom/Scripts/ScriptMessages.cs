using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Graders.Custom.Input;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>A script as it is written: what a process that compiles is sent.</summary>
/// <param name="Path">Its file, for messages.</param>
/// <param name="Text">Its text.</param>
public sealed record ScriptSource(string Path, string Text);

/// <summary>What became of a script: what a process that compiles answers, and one that runs it is sent first.</summary>
/// <param name="Assembly">The assembly; empty where there are errors.</param>
/// <param name="Symbols">Its lines.</param>
/// <param name="EntryType">The type that holds its entry point.</param>
/// <param name="EntryMethod">The entry point.</param>
/// <param name="Errors">What is wrong with it, each with its file, line and column.</param>
public sealed record CompiledScript(byte[] Assembly, byte[] Symbols, string EntryType, string EntryMethod, ImmutableArray<string> Errors);

/// <summary>Answers a compiled script: it is loaded.</summary>
/// <param name="Loaded">True.</param>
public sealed record ScriptLoaded(bool Loaded);

/// <summary>Asks for the score of one item.</summary>
/// <param name="Number">The call's number, which its answer repeats.</param>
/// <param name="Input">What the script is given.</param>
public sealed record ScriptCall(long Number, ScriptInput Input);

/// <summary>What a script said of one item.</summary>
/// <param name="Number">The call's number.</param>
/// <param name="Score">The score, which may be any number; null where there is a fault.</param>
/// <param name="Reason">Why, in a sentence; empty where the script gave none.</param>
/// <param name="Signals">Why the completion is suspect.</param>
/// <param name="Details">The details, an object; null for none.</param>
/// <param name="Fault">What the script did in place of an answer; null where it gave one.</param>
public sealed record ScriptAnswer(
    long Number,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double? Score,
    string Reason,
    ImmutableArray<string> Signals,
    JsonElement? Details,
    string? Fault)
{
    /// <summary>The most bytes of an answer.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>The most characters of a reason, or of a fault.</summary>
    public const int MostReason = 1000;

    /// <summary>The most bytes of details.</summary>
    public const int MostDetails = 1 << 16;
}
