using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Compatibility.Samples;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Sets.Tests;

namespace RewardServer.Compatibility.Forms;

/// <summary>Reads the samples of a request by a form's paths.</summary>
/// <param name="form">The form.</param>
/// <param name="most">The most samples of a call.</param>
internal sealed class FormReading(Form form, int most)
{
    private readonly List<(string Path, string Message)> errors = [];

    /// <summary>Everything that is wrong with what was read.</summary>
    public IReadOnlyList<(string Path, string Message)> Errors => errors;

    /// <summary>Reads a request.</summary>
    /// <returns>The samples, and what stood for each <c>[*]</c> of their responses' path. More than the most where there are too many.</returns>
    public IReadOnlyList<(ImmutableArray<int> Place, Sample Sample)> Read(JsonElement root)
    {
        var (responses, error) = form.Response.All(root, most);
        if (error is { } wrong)
        {
            errors.Add(wrong);
        }

        var (prompts, labels) = (new Companions(form.Prompt, form.Response, responses, root, most), new Companions(form.Label, form.Response, responses, root, most));
        errors.AddRange(prompts.Errors.Concat(labels.Errors));
        var samples = new List<(ImmutableArray<int>, Sample)>(responses.Count);
        foreach (var response in responses)
        {
            var path = form.Label?.At(response.Indexes) ?? form.Response.At(response.Indexes);
            var prompt = prompts.Of(response) is { ValueKind: not JsonValueKind.Null } asked ? Chat(asked, form.Prompt!.At(response.Indexes)) : "";
            samples.Add((response.Indexes, new(path, prompt, Stripped(Chat(response.Value, form.Response.At(response.Indexes))), labels.Of(response))));
        }

        return samples;
    }

    private ChatText Chat(JsonElement element, string path)
    {
        if (element.ValueKind is JsonValueKind.Undefined)
        {
            errors.Add((path, "is required"));
            return "";
        }

        var (text, error) = ChatReading.Read(element);
        if (error is { } wrong)
        {
            errors.Add((JsonPaths.Below(path, wrong.Path), wrong.Message));
        }

        return text ?? "";
    }

    private static ChatText Stripped(ChatText response) => response.Text is { } text ? SpecialTokens.Strip(text) : response;
}
