using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>How processes are started that compile and run scripts.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments, before the role: <see cref="Compile"/> or <see cref="Run"/>.</param>
public sealed record ScriptCommand(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>The role of a process that compiles scripts, one after the other.</summary>
    public const string Compile = "compile";

    /// <summary>The role of a process that runs one script.</summary>
    public const string Run = "run";
}
