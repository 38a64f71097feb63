using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Training.Recipes;

/// <summary>One kind of problem that is asked.</summary>
/// <param name="Kind">Its name, such as <c>countdown</c>.</param>
/// <param name="Weight">How often it is asked, beside the weights of the others; above 0.</param>
/// <param name="Options">What the kind is made with, an object; it checks them itself.</param>
/// <param name="Line">The line of the recipe, from 1, for errors about the options.</param>
public sealed record ProblemRecipe(string Kind, double Weight, JsonElement Options, [property: JsonIgnore] int Line)
{
    private const string Texts = "problems:";

    /// <summary>The kind whose texts a path of a recipe stands for; null where it is a path.</summary>
    public static string? Named(string path) => path.StartsWith(Texts, StringComparison.Ordinal) ? path[Texts.Length..] : null;
}
