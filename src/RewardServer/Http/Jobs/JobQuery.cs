using System.Collections.Immutable;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Sets;
using RewardServer.Jobs.Store;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace RewardServer.Http.Jobs;

/// <summary>What a request says about the rows of its body, checked.</summary>
/// <param name="Rubric">The rubric to grade by.</param>
/// <param name="Settings">What the caller asks for.</param>
/// <param name="Format">How the rows are written; null to find out from their beginning.</param>
/// <param name="IsPacked">Whether it says that they are packed; where it does not, they can be all the same.</param>
internal sealed record JobQuery(Rubric Rubric, JobSettings Settings, RowFormat? Format, bool IsPacked)
{
    /// <summary>The types of body that there are; the first is the usual one.</summary>
    public static IReadOnlyList<string> Types => [.. Formats.Keys];

    // Where a type says nothing of the format, the rows' beginning does.
    private static readonly OrderedDictionary<string, RowFormat?> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application/x-ndjson"] = RowFormat.Jsonl,
        ["application/ndjson"] = RowFormat.Jsonl,
        ["application/jsonl"] = RowFormat.Jsonl,
        ["application/x-jsonlines"] = RowFormat.Jsonl,
        ["application/json"] = null,
        ["text/csv"] = RowFormat.Csv,
        ["application/gzip"] = null,
        ["application/x-gzip"] = null,
        ["application/octet-stream"] = null,
    };

    /// <summary>Reads it.</summary>
    /// <returns>The query, or the problem to answer with.</returns>
    public static (JobQuery? Query, IResult? Problem) Read(HttpRequest request, string? rubric, string? set, string? map, bool? deduplicate, RubricLibrary library)
    {
        if (!TryFormat(request, out var format, out var isPacked))
        {
            return (null, TypedResults.Problem(
                "Send rows with 'Content-Type: application/x-ndjson', 'application/json' (an array) or 'text/csv', in UTF-8; or 'application/gzip' or 'application/octet-stream' "
                + "for any of them, packed by gzip or not.",
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "No rows"));
        }

        var errors = new List<(string Path, string Message)>();
        var known = rubric is null ? null : library.Find(rubric);
        if (known is null)
        {
            errors.Add(("rubric", rubric is null ? $"must name a rubric: ?rubric=NAME; there are: {string.Join(", ", library.Names)}" : library.WhyNot(rubric)));
        }

        if (set is not null && DataSets.Find(set) is null)
        {
            errors.Add(("set", $"'{set}' is no set that is known; there are: {string.Join(", ", DataSets.All.Select(one => one.Name))}"));
        }

        var (columns, faults) = ColumnMap.Read(map ?? "");
        errors.AddRange(faults.Select(fault => ("map", fault)));
        return errors.Count > 0 ? (null, Problems.Invalid(errors)) : (new(known!, new(rubric!, set, columns, deduplicate ?? true), format, isPacked), null);
    }

    /// <summary>Makes samples of the rows.</summary>
    public RewardServer.Jobs.Running.SampleReader Samples() => new(Settings.Set is { } set ? DataSets.Find(set) : null, Settings.Map.ToImmutableDictionary());

    /// <summary>Holds what the request says against its body.</summary>
    /// <param name="isPacked">Whether the body is packed.</param>
    /// <exception cref="InvalidDataException">It is not, and should be.</exception>
    public void CheckPacking(bool isPacked)
    {
        if (IsPacked && !isPacked)
        {
            throw new InvalidDataException("the body is not packed by gzip, as its Content-Encoding says");
        }
    }

    // Asked for in full: a page of another site can send any of the simple types, or none, without asking first. A PUT is never so simple.
    private static bool TryFormat(HttpRequest request, out RowFormat? format, out bool isPacked)
    {
        format = null;
        var encoding = request.Headers.ContentEncoding.ToString();
        isPacked = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase);
        if (!isPacked && encoding is not ("" or "identity"))
        {
            return false;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return HttpMethods.IsPut(request.Method) && string.IsNullOrEmpty(request.ContentType);
        }

        return type.MediaType.HasValue && Formats.TryGetValue(type.MediaType.Value, out format) && IsUtf8(type.Charset);
    }

    // ASCII is UTF-8 as well.
    private static bool IsUtf8(StringSegment charset) =>
        !charset.HasValue || HeaderUtilities.RemoveQuotes(charset).ToString().ToLowerInvariant() is "utf-8" or "us-ascii";
}
