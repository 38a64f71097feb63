using System.Text.Json;
using RewardServer.Compatibility.SandboxFusion;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// Keeps ROLL's client waiting: it gives up after 30 s in which nothing comes, and then leaves the test out, while it asks for runs of 30 s and has 90 s in
/// all (roll/pipeline/rlvr/rewards/code_sandbox_reward_worker.py). So white space goes ahead of an answer that takes long, which JSON permits. A fault that
/// comes after it breaks the connection, on which the client tries again.
/// </summary>
/// <param name="work">The answer, or what to answer where there is none.</param>
/// <param name="beat">After how much silence a byte comes.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptAlive(Task<(RunCodeResponse? Answer, IResult? Fault)> work, TimeSpan beat, TimeProvider time) : IResult
{
    /// <summary>Well below the client's patience.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var begun = await KeepAlive.WaitAsync(httpContext, work, beat, ' ', time);
        var (answer, fault) = await work;
        if (!begun)
        {
            await (answer is null ? fault! : TrainerBody.Json(answer)).ExecuteAsync(httpContext);
        }
        else if (answer is null)
        {
            httpContext.Abort();
        }
        else
        {
            await JsonSerializer.SerializeAsync(httpContext.Response.Body, answer, TrainerBody.Options, httpContext.RequestAborted);
        }
    }
}
