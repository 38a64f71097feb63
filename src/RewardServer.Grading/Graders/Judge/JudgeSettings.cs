using System.Text.Json.Serialization;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>Settings of one judge (section "Judges" of the configuration, by its name).</summary>
public sealed record JudgeSettings
{
    /// <summary>
    /// What is asked: "chat", an OpenAI-compatible chat model that writes a score; "classify", a classifier as vLLM's <c>/classify</c>
    /// has it; "bradley-terry", a reward model that gives one number without bounds.
    /// </summary>
    public string Kind { get; init; } = "chat";

    /// <summary>The whole address of its endpoint: <c>http://judges:8000/v1/chat/completions</c>.</summary>
    public string Url { get; init; } = "";

    /// <summary>The model's name, as the judge's server knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Sent as <c>Authorization: Bearer KEY</c>; never shown. Null for none.</summary>
    [JsonIgnore]
    public string? ApiKey { get; init; }

    /// <summary>Seconds that one try may take.</summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>Tries after the first, where that is of use.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Seconds before the second try; twice as many before each after it, and a random part more or less.</summary>
    public double RetryDelaySeconds { get; init; } = 0.5;

    /// <summary>Seconds for which a judge that cannot be reached again and again is left alone.</summary>
    public double BreakSeconds { get; init; } = 15;

    /// <summary>Questions that are with the judge at once.</summary>
    public int MaxConcurrent { get; init; } = 16;

    /// <summary>The most questions that wait for it; one more fails at once.</summary>
    public int MaxQueued { get; init; } = 10_000;

    /// <summary>Characters of each text that the judge is shown; of a longer one the middle is left out, with a note.</summary>
    public int MaxCharacters { get; init; } = 20_000;

    /// <summary>chat: how often it is asked about an item; the score is the mean.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>chat: how much chance is in its answer; 0 for none.</summary>
    public double Temperature { get; init; }

    /// <summary>chat: tokens that its answer may have, its thinking among them.</summary>
    public int MaxTokens { get; init; } = 1024;

    /// <summary>chat: the lowest score it can give, and the highest; [1, 10] where silent.</summary>
    public double[] ScoreScale { get; init; } = [];

    /// <summary>What is sent as text, with the places {prompt}, {response}, {reference}, {criteria}, {lowest}, {highest}; our own where silent.</summary>
    public string? Template { get; init; }

    /// <summary>Makes delimiters that do not change when the server starts anew; never shown. Random where silent.</summary>
    [JsonIgnore]
    public string? NonceKey { get; init; }

    /// <summary>classify, bradley-terry: whether the model is sent "messages" or a "text"; where silent, classifiers a text and reward models messages.</summary>
    public string? Input { get; init; }

    /// <summary>classify: the class whose probability is the score; negative ones count from the last, -1.</summary>
    public int ClassIndex { get; init; } = -1;

    /// <summary>classify: the score from 0 to 1 of each label, where the label and not a probability decides.</summary>
    public Dictionary<string, double> LabelScores { get; init; } = [];

    /// <summary>bradley-terry: where the number stands in the answer.</summary>
    public string ScorePath { get; init; } = "data[0].data[0]";

    /// <summary>bradley-terry: what rewards are divided by before the logistic function.</summary>
    public double RewardScale { get; init; } = 1;

    /// <summary>The lowest score that a chat can give.</summary>
    [JsonIgnore]
    public double Lowest => ScoreScale is [var low, _] ? low : 1;

    /// <summary>The highest score that a chat can give.</summary>
    [JsonIgnore]
    public double Highest => ScoreScale is [_, var high] ? high : 10;

    /// <summary>Whether the model is sent messages.</summary>
    [JsonIgnore]
    public bool SendsMessages => Input is null ? Kind == "bradley-terry" : Input == "messages";

    /// <summary>Its kind and model alone: the whole would show its key.</summary>
    public override string ToString() => $"{Kind} {Model}";

    /// <summary>Everything that is wrong with these settings, each beginning with the setting's name.</summary>
    public IEnumerable<string> Errors() => JudgeSettingsErrors.Of(this);
}
