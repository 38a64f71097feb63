using RewardServer.Grading.Graders.Judge.Showing;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>What is wrong with the settings of a judge, by the setting at fault.</summary>
internal static class JudgeSettingsErrors
{
    private const int ShortestNonceKey = 16;

    public static IEnumerable<string> Of(JudgeSettings settings) =>
        OfAddress(settings).Concat(OfPatience(settings)).Concat(OfTexts(settings)).Concat(settings.Kind switch
        {
            "chat" => OfChat(settings),
            "classify" => OfClassifier(settings),
            "bradley-terry" => OfRewardModel(settings),
            _ => [$"Kind: '{settings.Kind}' is not a kind of judge; there are: chat, classify, bradley-terry"],
        });

    private static IEnumerable<string> OfAddress(JudgeSettings settings)
    {
        // Not shown: it may hold a secret.
        if (!Uri.TryCreate(settings.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            yield return "Url: must be the whole address of an endpoint, as http://host:8000/v1/chat/completions, without a user";
        }

        if (string.IsNullOrWhiteSpace(settings.Model))
        {
            yield return "Model: must name the model, as the judge's server knows it";
        }

        if (settings.ApiKey is { } key && !key.All(char.IsAsciiLetterOrDigit) && !key.All(letter => letter is > ' ' and <= '~' and not ('"' or '\\')))
        {
            yield return "ApiKey: must be of printable ASCII without spaces and quotes";
        }
    }

    private static IEnumerable<string> OfPatience(JudgeSettings settings) => new[]
    {
        Range("TimeoutSeconds", settings.TimeoutSeconds, 0.05, 3600),
        Range("Retries", settings.Retries, 0, 10),
        Range("RetryDelaySeconds", settings.RetryDelaySeconds, 0.001, 60),
        Range("BreakSeconds", settings.BreakSeconds, 0.5, 3600),
        Range("MaxConcurrent", settings.MaxConcurrent, 1, 10_000),
        Range("MaxQueued", settings.MaxQueued, 0, 1_000_000),
    }.OfType<string>();

    private static IEnumerable<string> OfTexts(JudgeSettings settings)
    {
        if (Range("MaxCharacters", settings.MaxCharacters, 200, 1_000_000) is { } error)
        {
            yield return error;
        }

        if (settings.Template is { } template && JudgeTemplate.Error(template) is { } wrong)
        {
            yield return $"Template: {wrong}";
        }

        if (settings.NonceKey is { Length: < ShortestNonceKey })
        {
            yield return $"NonceKey: must have at least {ShortestNonceKey} characters";
        }

        if (settings.Input is not (null or "messages" or "text"))
        {
            yield return $"Input: '{settings.Input}' is neither messages nor text";
        }
    }

    private static IEnumerable<string> OfChat(JudgeSettings settings)
    {
        foreach (var error in new[] { Range("Samples", settings.Samples, 1, 64), Range("Temperature", settings.Temperature, 0, 2), Range("MaxTokens", settings.MaxTokens, 1, 1_000_000) }.OfType<string>())
        {
            yield return error;
        }

        if (settings is { Samples: > 1, Temperature: 0 })
        {
            yield return "Samples: must be 1 where Temperature is 0, for all samples would be alike";
        }

        if (settings.ScoreScale is not ([] or [_, _]) || !(settings.Lowest < settings.Highest && double.IsFinite(settings.Highest - settings.Lowest)))
        {
            yield return "ScoreScale: must be the lowest score and the highest, as 1 and 10";
        }

        if (settings.Input is "messages" or "text")
        {
            yield return "Input: is of no use to a chat, which is always sent a message";
        }
    }

    private static IEnumerable<string> OfClassifier(JudgeSettings settings)
    {
        if (settings.LabelScores.Values.Any(score => !(score >= 0 && score <= 1)))
        {
            yield return "LabelScores: each must be from 0 to 1";
        }
    }

    private static IEnumerable<string> OfRewardModel(JudgeSettings settings)
    {
        if (Protocols.ScorePath.Parse(settings.ScorePath) is null)
        {
            yield return $"ScorePath: '{settings.ScorePath}' is not a path like data[0].data[0]";
        }

        if (Range("RewardScale", settings.RewardScale, 1e-6, 1e6) is { } error)
        {
            yield return error;
        }
    }

    private static string? Range(string name, double value, double least, double most) =>
        value >= least && value <= most ? null : FormattableString.Invariant($"{name}: must be from {least} to {most}, but is {value}");
}
