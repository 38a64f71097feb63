using System.Text.Json.Serialization;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>What <c>POST /execute</c> gives (nemo_skills/code_execution/local_sandbox/local_sandbox_server.py).</summary>
/// <param name="ProcessStatus">"completed", "error" or "timeout".</param>
/// <param name="Stdout">Standard output; of a cell also its value and its error.</param>
/// <param name="Stderr">Standard error.</param>
/// <param name="NewSessionCreated">Of a cell, whether it found no state or left none; its client then runs its earlier cells again. Absent for programs.</param>
internal sealed record NemoResponse(
    string ProcessStatus,
    string Stdout,
    string Stderr,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? NewSessionCreated = null)
{
    public const string Completed = "completed", Error = "error", Timeout = "timeout";

    /// <summary>What their server says of a time-out.</summary>
    public static string TimedOut(NemoRequest request) => $"Execution timed out after {request.SecondsText} seconds\n";

    /// <summary>Cut to what the client asked for.</summary>
    public NemoResponse CutTo(int characters) => this with { Stdout = NemoText.Cut(Stdout, characters), Stderr = NemoText.Cut(Stderr, characters) };
}
