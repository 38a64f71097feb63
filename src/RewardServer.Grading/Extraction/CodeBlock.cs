namespace RewardServer.Grading.Extraction;

/// <summary>A program found in a response.</summary>
/// <param name="Source">Its text.</param>
/// <param name="Rule">Which rule found it: "fenced", "unclosed-fence" or "whole-text".</param>
public sealed record CodeBlock(string Source, string Rule)
{
    /// <summary>
    /// Looks for the last complete fenced block that names the language, else the last that names none,
    /// else one of these that is never closed; a response without any fence is taken as the program itself.
    /// </summary>
    /// <param name="response">The text to look in.</param>
    /// <param name="names">What a fence may call the language: "python", "py".</param>
    /// <returns>The program; null where the response is empty or holds only blocks of other languages.</returns>
    public static CodeBlock? Find(string response, IReadOnlyCollection<string> names)
    {
        var fences = Fence.All(response);
        if (fences.Count == 0)
        {
            return string.IsNullOrWhiteSpace(response) ? null : new(response.Trim('\r', '\n'), "whole-text");
        }

        bool Named(Fence fence) => names.Contains(fence.Language, StringComparer.OrdinalIgnoreCase);
        bool Unnamed(Fence fence) => fence.Language.Length == 0;
        var found = fences.LastOrDefault(fence => fence.Closed && Named(fence))
            ?? fences.LastOrDefault(fence => fence.Closed && Unnamed(fence))
            ?? fences.LastOrDefault(fence => !fence.Closed && (Named(fence) || Unnamed(fence)));
        return found is null ? null : new(found.Content, found.Closed ? "fenced" : "unclosed-fence");
    }
}
