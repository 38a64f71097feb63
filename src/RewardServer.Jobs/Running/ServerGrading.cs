using System.Net;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Running.Remote;

namespace RewardServer.Jobs.Running;

/// <summary>
/// Grades by a RewardServer elsewhere (<c>POST /v1/grade</c>), with the same results as in this process. What fails on the way is asked again, and so is what the server
/// failed at, with its group, before it stands as failed.
/// </summary>
public sealed class ServerGrading : IGrading, IDisposable
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    private readonly GradeServer server;
    private readonly JsonElement rubric;
    private readonly RubricDefinition definition;
    private readonly TimeProvider time;

    private ServerGrading(GradeServer server, JsonElement rubric, ServerRubric known, TimeProvider time)
    {
        (this.server, this.rubric, this.time, definition) = (server, rubric, time, known.Definition);
        (Identity, NeedsGroups) = (known.Identity, known.NeedsGroups);
    }

    /// <summary>How long a server may give no answer, where nobody says another time.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public RunIdentity Identity { get; }

    /// <inheritdoc/>
    public bool NeedsGroups { get; }

    /// <inheritdoc/>
    public int Parallelism => 8;

    /// <inheritdoc/>
    public int BatchSize => 32;

    /// <summary>Whether equal answers to equal tasks are each graded anew.</summary>
    public bool Anew { get; init; }

    /// <summary>Asks a server for a rubric, by which it then grades.</summary>
    /// <param name="address">Its address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="rubric">A rubric's name there, or one written out.</param>
    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="anew">Whether equal answers to equal tasks are each graded anew.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long it may give no answer, again and again, before it counts as gone.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServerRefusedException">It knows no such rubric, wants another key, or is no RewardServer of today.</exception>
    /// <exception cref="ServerUnavailableException">It gives no answer.</exception>
    public static async Task<ServerGrading> ConnectAsync(
        Uri address, JsonElement rubric, string? apiKey, bool anew, TimeProvider time, TimeSpan patience, CancellationToken cancellation)
    {
        var server = new GradeServer(address, apiKey, time, patience);
        try
        {
            return new(server, rubric, await ServerRubric.AskAsync(server, rubric, cancellation).ConfigureAwait(false), time) { Anew = anew };
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServerUnavailableException">The server is gone.</exception>
    /// <exception cref="ServerRefusedException">The server grades by this rubric no longer.</exception>
    public async Task<IReadOnlyList<ResultLine>> GradeAsync(IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        var lines = new ResultLine[samples.Count];
        var asked = new List<int>(samples.Count);
        for (var i = 0; i < samples.Count; i++)
        {
            if (samples[i].Item is null)
            {
                lines[i] = ResultLine.Of(samples[i], UnreadItem.Of(definition, samples[i].Id, $"row {samples[i].Row} {samples[i].Error}"), Identity);
            }
            else
            {
                asked.Add(i);
            }
        }

        for (var round = 0; asked.Count > 0; round++)
        {
            await AskAsync(samples, asked, lines, cancellation).ConfigureAwait(false);
            asked = Again(samples, asked, lines);
            if (asked.Count == 0 || round == Pauses.Length)
            {
                break;
            }

            await Task.Delay(Pauses[round], time, cancellation).ConfigureAwait(false);
        }

        return lines;
    }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    // With the whole of their groups, whose members the rubric may compare.
    private List<int> Again(IReadOnlyList<Sample> samples, List<int> asked, ResultLine[] lines)
    {
        var failed = asked.FindAll(i => lines[i].Outcome == Outcome.Failed);
        if (!NeedsGroups || failed.Count == 0)
        {
            return failed;
        }

        var groups = failed.Select(i => GroupKey.Of(samples[i].Item!)).ToHashSet();
        return asked.FindAll(i => groups.Contains(GroupKey.Of(samples[i].Item!)));
    }

    private async Task AskAsync(IReadOnlyList<Sample> samples, List<int> asked, ResultLine[] lines, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { rubric, deduplicate = !Anew, items = asked.Select(i => samples[i].Item) }, ItemJson.Options);
        var reply = await server.PostAsync("v1/grade", body, cancellation).ConfigureAwait(false);
        if (reply.Items is { } items)
        {
            Sample[] sent = [.. asked.Select(i => samples[i])];
            var graded = GradedReply.Read(items, sent, Identity) ?? throw new ServerRefusedException($"{server.Address} answers other items than it was asked for");
            for (var i = 0; i < asked.Count; i++)
            {
                lines[asked[i]] = graded[i];
            }
        }
        else if (reply.Status == HttpStatusCode.RequestEntityTooLarge)
        {
            await AskInPartsAsync(samples, asked, lines, reply, cancellation).ConfigureAwait(false);
        }
        else
        {
            await AskWithoutRefusedAsync(samples, asked, lines, reply, cancellation).ConfigureAwait(false);
        }
    }

    // Halves, but groups that the rubric compares stay whole.
    private async Task AskInPartsAsync(IReadOnlyList<Sample> samples, List<int> asked, ResultLine[] lines, ServerReply reply, CancellationToken cancellation)
    {
        var half = Enumerable.Range(1, asked.Count - 1).Where(at => !NeedsGroups || !samples[asked[at - 1]].IsTogetherWith(samples[asked[at]]))
            .OrderBy(at => Math.Abs(asked.Count - (2 * at))).FirstOrDefault();
        if (half > 0)
        {
            await AskAsync(samples, asked[..half], lines, cancellation).ConfigureAwait(false);
            await AskAsync(samples, asked[half..], lines, cancellation).ConfigureAwait(false);
            return;
        }

        // As a row that is too large to be read: asked again it would be too large again, and nobody has failed.
        foreach (var i in asked)
        {
            var size = asked.Count == 1 ? "is larger than a call may be" : $"is of a group of {asked.Count}, which the rubric compares, and larger with it than a call may be";
            lines[i] = ResultLine.Of(
                samples[i],
                UnreadItem.Of(definition, samples[i].Id, $"row {samples[i].Row} {size} that {server.Address} takes: {reply.Said}") with { Group = samples[i].Item!.Group, Meta = samples[i].Item!.Meta },
                Identity);
        }
    }

    // A server of another version may refuse an item that this one would grade: that is of this item, and not of those beside it.
    private async Task AskWithoutRefusedAsync(IReadOnlyList<Sample> samples, List<int> asked, ResultLine[] lines, ServerReply reply, CancellationToken cancellation)
    {
        var refused = RefusedItems.Of(reply);
        if (reply.Status != HttpStatusCode.BadRequest || refused.Count == 0 || refused.Keys.Max() >= asked.Count)
        {
            throw new ServerRefusedException($"{server.Address} will not grade: {(int)reply.Status} {reply.Said}");
        }

        foreach (var (place, why) in refused)
        {
            var sample = samples[asked[place]];
            lines[asked[place]] = ResultLine.Of(sample, UnreadItem.Of(definition, sample.Id, $"row {sample.Row}: {why}") with { Group = sample.Item!.Group, Meta = sample.Item.Meta }, Identity);
        }

        var left = asked.Where((_, place) => !refused.ContainsKey(place)).ToList();
        if (left.Count > 0)
        {
            await AskAsync(samples, left, lines, cancellation).ConfigureAwait(false);
        }
    }
}
