using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace RewardServer.Compatibility.Forms;

/// <summary>A form whose settings are right, ready to read requests and make answers.</summary>
/// <param name="options">The settings.</param>
internal sealed class Form(FormOptions options)
{
    private readonly FormPath reward = FormPath.Parse(options.Reward)!;
    private readonly FormPath? components = Path(options.Components);
    private readonly FormPath? reason = Path(options.Reason);

    /// <summary>The settings.</summary>
    public FormOptions Options { get; } = options;

    /// <summary>Where the responses are.</summary>
    public FormPath Response { get; } = Path(options.Response)!;

    /// <summary>Where the prompts are; null where there are none.</summary>
    public FormPath? Prompt { get; } = Path(options.Prompt);

    /// <summary>Where the labels are; null where there are none.</summary>
    public FormPath? Label { get; } = Path(options.Label);

    /// <summary>Whether a request holds several samples.</summary>
    public bool IsBatch => Response.Wildcards > 0;

    /// <summary>How long a call may take.</summary>
    public TimeSpan Deadline => TimeSpan.FromSeconds(Options.DeadlineSeconds);

    /// <summary>The answer to samples, as JSON.</summary>
    /// <param name="places">What stood for each <c>[*]</c> of their responses' path.</param>
    /// <param name="rewards">Their rewards.</param>
    /// <param name="scores">Their components' scores.</param>
    /// <param name="reasons">Why they have no reward.</param>
    public string AnswerOf(
        IReadOnlyList<ImmutableArray<int>> places, IReadOnlyList<JsonNode?> rewards, IReadOnlyList<JsonNode?> scores, IReadOnlyList<JsonNode?> reasons)
    {
        var answer = new FormAnswer(Options.Answer ?? "null", IsBatch);
        foreach (var (path, values) in new[] { (reward, rewards), (components, scores), (reason, reasons) })
        {
            if (path is not null)
            {
                answer.Put(path, places, values);
            }
        }

        return answer.Text;
    }

    private static FormPath? Path(string? text) => text is null ? null : FormPath.Parse(text);
}
