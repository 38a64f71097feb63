using RewardServer.Training.Recipes;

namespace RewardServer.Training.Problems.Jsonl;

/// <summary>Options of the kind "jsonl".</summary>
public sealed record JsonlOptions : IProblemOptions
{
    /// <summary>The file: a JSON object a line, as <see cref="JsonlLine"/> reads it. <see cref="RecipeFlags.Data"/> stands for the one that the command line gives.</summary>
    public string Path { get; init; } = "";

    /// <summary>What its problems are reported under; the file's name without its ending where null.</summary>
    public string? Name { get; init; }

    /// <summary>The share of questions that a base model is pretrained on, from 0 to 0.8. A tenth is held out, and reinforcement learns from the rest.</summary>
    public double Pretraining { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return ("path", "is required");
        }

        if (Path == RecipeFlags.Data)
        {
            yield return ("path", $"is given by {RecipeFlags.Data} FILE, which is missing: a line of JSON a problem, with question and answer as GSM8K has them");
        }

        if (Name is { } name && string.IsNullOrWhiteSpace(name))
        {
            yield return ("name", "must not be empty");
        }

        if (Pretraining is not (>= 0 and <= 0.8))
        {
            yield return ("pretraining", $"must be from 0 to 0.8, but is {Pretraining}");
        }
    }
}
