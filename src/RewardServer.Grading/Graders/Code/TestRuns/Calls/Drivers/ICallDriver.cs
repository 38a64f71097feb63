using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>
/// Calls functions in one language. Its program reads a nonce, on a line, and an array of arguments from standard input,
/// calls, and writes to descriptor 3 what became of it (<see cref="CallReport"/>).
/// </summary>
internal interface ICallDriver
{
    /// <summary>Whether values themselves tell an int from a float, and a tuple from a list, as Python's do.</summary>
    bool TypesAreValues { get; }

    /// <summary>The files of a run: the one that is compiled or run comes first, and the candidate's are among them.</summary>
    /// <param name="program">The candidate's program.</param>
    /// <param name="test">What is called.</param>
    ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test);

    /// <summary>The arguments as the driver reads them.</summary>
    /// <param name="arguments">A list.</param>
    string Write(Values.Value arguments) => Values.ValueWriter.Write(arguments);
}
