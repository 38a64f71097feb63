using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>The program talks to an interactor: what each prints, the other reads.</summary>
/// <param name="Interactor">The program that asks and judges, which runs in a sandbox of its own.</param>
/// <param name="Input">What the interactor is told of the test; the candidate never sees it.</param>
/// <param name="Answer">What the interactor is told of the right answer.</param>
public sealed record InteractiveTest(
    ProgramSource Interactor,
    [property: JsonConverter(typeof(LenientTextConverter))] string Input = "",
    [property: JsonConverter(typeof(LenientTextConverter))] string Answer = "") : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "interactive";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Bytes(Input) + Bytes(Answer) + Bytes(Interactor.Source);

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors() => base.Errors().Concat(Interactor.ErrorsOfJudge("interactor"));
}
