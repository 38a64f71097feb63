using Microsoft.AspNetCore.Connections;
using RewardServer.Compatibility.Tasks;

namespace RewardServer.Compatibility.Programs;

/// <summary>Answers bugs of ours as any fault of ours: in the way that the protocol's client tries again, and never as the program's doing.</summary>
internal static class FaultAnswers
{
    /// <summary>Answers exceptions that nobody foresaw, which the log tells.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="fault">The protocol's answer, of the reason.</param>
    public static RouteHandlerBuilder AnsweringFaults(this RouteHandlerBuilder builder, Func<string, IResult> fault) =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            try
            {
                return await next(context);
            }
            catch (Exception bug) when (bug is not (BadHttpRequestException or ConnectionResetException) && !http.RequestAborted.IsCancellationRequested)
            {
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FaultAnswers))
                    .LogError(bug, "A fault of the server at {Method} {Path}", http.Request.Method, http.Request.Path);
                return fault(bug is TaskStoreException ? bug.Message : "a fault of the server; its log tells more");
            }
        });

    /// <summary>
    /// 504: the one status on which verl tries again (verl/utils/reward_score/sandbox_fusion/utils.py). SandboxFusion's own client and ROLL's try again on any
    /// that is not 200.
    /// </summary>
    public static IResult TryAgain(string reason) =>
        TypedResults.Problem(reason, statusCode: StatusCodes.Status504GatewayTimeout, title: "Nothing is known of the program; try again");

    /// <summary>422: the task cannot be judged here, however often it is sent.</summary>
    /// <param name="member">The member that asks for what is not there.</param>
    /// <param name="reason">What is not there.</param>
    public static IResult CannotBeJudged(string member, string reason) => Results.ValidationProblem(
        new Dictionary<string, string[]> { [member] = [reason] },
        detail: $"{member}: {reason}", statusCode: StatusCodes.Status422UnprocessableEntity, title: "Not to be judged here");
}
