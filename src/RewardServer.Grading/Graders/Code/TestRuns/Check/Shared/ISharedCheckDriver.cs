using System.Collections.Immutable;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>
/// Puts a check and a candidate into one program. It reads a nonce from standard input and writes to descriptor 3 "done" with
/// the nonce once the check has run to its end; before it "wrong LINE" where an assertion failed (0 where nobody knows the line),
/// or "raise NAME".
/// </summary>
internal interface ISharedCheckDriver
{
    /// <summary>Whether the check stands on standard input, after the nonce, rather than among the files.</summary>
    bool ReadsCheck => false;

    /// <summary>The files of the run.</summary>
    /// <param name="program">The candidate's program.</param>
    /// <param name="check">The check's text.</param>
    ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, string check);

    /// <summary>
    /// Whether what a compiler says of a check beside an empty candidate is the check's own fault: its first error is
    /// another than that a name is not there, which the candidate was to bring.
    /// </summary>
    bool IsBroken(string errors);
}
