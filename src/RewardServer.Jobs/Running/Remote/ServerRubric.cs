using System.Net;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Running.Remote;

/// <summary>A rubric as a server has it.</summary>
/// <param name="Definition">What it says.</param>
/// <param name="Identity">By what the server grades.</param>
/// <param name="NeedsGroups">Whether an item's result depends on the others of its group.</param>
internal sealed record ServerRubric(RubricDefinition Definition, RunIdentity Identity, bool NeedsGroups)
{
    /// <summary>Asks for it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="rubric">A rubric's name there, or one written out.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServerRefusedException">There is no such rubric, or the server is no RewardServer of today.</exception>
    /// <exception cref="ServerUnavailableException">The server gives no answer.</exception>
    public static async Task<ServerRubric> AskAsync(GradeServer server, JsonElement rubric, CancellationToken cancellation)
    {
        var reply = rubric.ValueKind == JsonValueKind.String
            ? await server.GetAsync($"v1/rubrics/{Uri.EscapeDataString(rubric.GetString()!)}", cancellation).ConfigureAwait(false)
            : await server.PostAsync("v1/rubrics/explain", JsonSerializer.SerializeToUtf8Bytes(rubric, ItemJson.Options), cancellation).ConfigureAwait(false);
        if (reply.Status != HttpStatusCode.OK)
        {
            throw new ServerRefusedException($"{server.Address} answers {(int)reply.Status}: {reply.Said}");
        }

        try
        {
            var told = reply.Body.Deserialize<Told>(JsonSerializerOptions.Web);
            var definition = told!.Definition.Deserialize<RubricDefinition>(ItemJson.Options)!;
            return new(definition, RunIdentity.Of(definition, told.Hash, told.Engine), told.NeedsGroups);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ServerRefusedException($"{server.Address} is no RewardServer of this version: {exception.Message}");
        }
    }

    private sealed record Told
    {
        public required JsonElement Definition { get; init; }

        public required string Hash { get; init; }

        public required string Engine { get; init; }

        public required bool NeedsGroups { get; init; }
    }
}
