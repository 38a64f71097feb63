using System.Text.RegularExpressions;

namespace RewardServer.Training.Recipes.Reading;

/// <summary>Reads what completions earn: <c>rubric</c> here, or <c>rewards</c> elsewhere.</summary>
internal static partial class RewardReader
{
    public static RewardRecipe Read(RecipeSection recipe)
    {
        var (isHere, isElsewhere) = (recipe.Has("rubric"), recipe.Has("rewards"));
        if (isHere && isElsewhere)
        {
            recipe.Add("rewards", "must be absent beside rubric: one of the two gives the rewards");
        }

        if (!isHere && !isElsewhere)
        {
            recipe.Add("rubric", "is missing, and so is rewards: one of the two must give the rewards");
        }

        if (recipe.Section("rewards") is not { } rewards)
        {
            return isHere ? Rubric(recipe) : new(null, null);
        }

        if (!rewards.Has("rubric"))
        {
            rewards.Add("rubric", "is missing");
        }

        var read = (rewards.Has("rubric") ? Rubric(rewards) : new(null, null)) with { Url = Url(rewards), ApiKey = ApiKey(rewards) };
        rewards.Close();
        return read;
    }

    private static RewardRecipe Rubric(RecipeSection section) =>
        section.IsMapping("rubric") ? new(null, section.Json("rubric")) : new(section.Text("rubric"), null);

    private static Uri? Url(RecipeSection section)
    {
        var text = section.Text("url");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        if (text.Length > 0)
        {
            section.Add("url", $"must be an address that begins with http:// or https://, but is '{text}'");
        }

        return null;
    }

    private static string? ApiKey(RecipeSection section)
    {
        var name = section.TextOrNull("apiKey");
        if (!string.IsNullOrEmpty(name) && !VariableName().IsMatch(name))
        {
            // It may be the key itself, which belongs in no log.
            section.Add("apiKey", "must be the name of an environment variable that holds the key, never the key itself");
        }

        return name;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariableName();
}
