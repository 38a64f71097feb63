using RewardServer.Compatibility.Forms;

namespace RewardServer.Compatibility;

/// <summary>
/// Where a request of the owner's own shape has what is graded, and where the answer is to have the reward: <c>POST /trainers/NAME</c>. Paths are such
/// as <c>data.samples[*].response</c>: names parted by points, indexes, and <c>[*]</c> for every element of an array (docs/trainers/generic.md).
/// </summary>
public sealed record FormOptions
{
    /// <summary>Where the responses are, texts or messages; required. With <c>[*]</c>, a request holds several.</summary>
    public string? Response { get; init; }

    /// <summary>Where the prompts are, texts or messages; silent: the trainer does not send them.</summary>
    public string? Prompt { get; init; }

    /// <summary>Where the labels are; silent: the trainer does not send them, and the rubric needs none.</summary>
    public string? Label { get; init; }

    /// <summary>The answer, as JSON in a text, to which the rewards are added; silent: nothing but what is added.</summary>
    public string? Answer { get; init; }

    /// <summary>Where in the answer the rewards go; <c>$</c> for the reward alone. Without <c>[*]</c>, those of several samples stand there as an array.</summary>
    public string Reward { get; init; } = "reward";

    /// <summary>Where in the answer the components' scores go, as an object each; silent: nowhere.</summary>
    public string? Components { get; init; }

    /// <summary>Where in the answer it goes why there is no reward, a text or null each; silent: nowhere.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a sample without a reward has null for it; else the whole call is answered with <see cref="FaultStatus"/>, or 422 for what cannot be judged.</summary>
    public bool Mask { get; init; }

    /// <summary>The HTTP status of a fault of ours, from 400 to 599: one on which the client tries again.</summary>
    public int FaultStatus { get; init; } = StatusCodes.Status503ServiceUnavailable;

    /// <summary>The rubric of a call that names none; silent: that of <see cref="TrainerOptions.Rubrics"/>, else <see cref="TrainerOptions.Rubric"/>.</summary>
    public string? Rubric { get; init; }

    /// <summary>What a plain gold is where the call does not say it: math, text, number or choice.</summary>
    public string Kind { get; init; } = "math";

    /// <summary>How long a call may take, in seconds from when it came; below what its client waits.</summary>
    public double DeadlineSeconds { get; init; } = 60;

    /// <summary>Everything that is wrong with these settings.</summary>
    /// <param name="name">The form's name.</param>
    public IEnumerable<string> Errors(string name) => FormErrors.Of(name, this);
}
