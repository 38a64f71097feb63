namespace RewardServer.Compatibility.OpenR1;

/// <summary>
/// Answers a whole call with a mask for each of its scripts. A status that is not 200 would end the training of E2B's client, and make zeros of the
/// batch of MorphCloud's.
/// </summary>
/// <param name="reason">Why nothing is known.</param>
internal sealed class MaskedBatch(string reason) : IResult
{
    private static readonly object Key = typeof(MaskedBatch);

    /// <summary>Keeps a call's request, which can be read once, for an answer that comes late.</summary>
    public static void Remember(HttpContext http, ExecuteBatchRequest request) => http.Items[Key] = request;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Items[Key] as ExecuteBatchRequest;
        IResult? problem = null;
        if (request is null)
        {
            (request, problem) = await TrainerBody.ReadAsync<ExecuteBatchRequest>(httpContext);
        }

        var answer = request?.Scripts is { } scripts ? TrainerBody.Json(scripts.Select(_ => ScriptResult.Masked(reason)).ToList()) : problem;
        await (answer ?? Http.Problems.Invalid("scripts", "must not be null")).ExecuteAsync(httpContext);
    }
}
