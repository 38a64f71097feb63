using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RewardServer.Compatibility.Labels;

namespace RewardServer.Compatibility.Forms;

/// <summary>What is wrong with the settings of a form, by the setting.</summary>
internal static partial class FormErrors
{
    private const int LongestDeadline = 3600;

    public static IEnumerable<string> Of(string name, FormOptions options)
    {
        if (!Name().IsMatch(name))
        {
            yield return " its name, which stands in a path, must have from 1 to 100 letters, digits, '-', '_' and '.'";
        }

        if (options.Response is null)
        {
            yield return "Response: is required: the path of the response, such as data.samples[*].response";
        }

        var paths = new (string Setting, string? Text)[]
        {
            ("Response", options.Response), ("Prompt", options.Prompt), ("Label", options.Label),
            ("Reward", options.Reward), ("Components", options.Components), ("Reason", options.Reason),
        }.Where(path => path.Text is not null).Select(path => (path.Setting, path.Text, Path: FormPath.Parse(path.Text!))).ToList();
        foreach (var (setting, text, _) in paths.Where(path => path.Path is null))
        {
            yield return $"{setting}: '{text}' is not a path such as data.samples[*].response";
        }

        if (!LabelReading.Kinds.Contains(options.Kind))
        {
            yield return $"Kind: {LabelReading.WhyNoKind(options.Kind)}";
        }

        if (options.FaultStatus is < 400 or > 599)
        {
            yield return "FaultStatus: must be from 400 to 599";
        }

        if (options.DeadlineSeconds is not (> 0 and <= LongestDeadline))
        {
            yield return $"DeadlineSeconds: must be above 0 and at most {LongestDeadline}";
        }

        if (options.Response is not null && paths.TrueForAll(path => path.Path is not null))
        {
            foreach (var error in Wildcards(paths[0].Path!, [.. paths.Skip(1).Select(path => (path.Setting, path.Path!))]).Concat(Template(options)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> Wildcards(FormPath response, List<(string Setting, FormPath Path)> others)
    {
        if (others.Where(other => other.Setting is not ("Prompt" or "Label")).GroupBy(other => other.Path.ToString()).FirstOrDefault(group => group.Count() > 1) is { } same)
        {
            yield return $"{same.Last().Setting}: is the path of {same.First().Setting}, too";
        }

        foreach (var (setting, path) in others)
        {
            var isInput = setting is "Prompt" or "Label";
            if (isInput && path.Wildcards > response.Wildcards)
            {
                yield return $"{setting}: must not have more [*] than Response";
            }
            else if (!isInput && path.Wildcards > 0 && path.Wildcards != response.Wildcards && !(path.Wildcards == 1 && response.Wildcards > 1))
            {
                yield return $"{setting}: must have no [*], one for the samples in their order, or as many as Response";
            }
        }
    }

    // The answer to two samples is made: what fails there would fail at every call.
    private static IEnumerable<string> Template(FormOptions options)
    {
        try
        {
            var form = new Form(options);
            var places = Enumerable.Range(0, form.IsBatch ? 2 : 1).Select(i => Enumerable.Repeat(i, form.Response.Wildcards).ToImmutableArray()).ToList();
            _ = form.AnswerOf(places, [.. places.Select(_ => JsonValue.Create(1))], [.. places.Select(_ => new JsonObject())], [.. places.Select(_ => (JsonNode?)null)]);
            return [];
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException)
        {
            return [$"Answer: is not JSON: {malformed.Message}"];
        }
        catch (InvalidOperationException clash)
        {
            return [$"Answer: {clash.Message}"];
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
