using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Store;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Http;

/// <summary>Answers to requests that cannot be met (RFC 9457), each naming the member at fault.</summary>
public sealed class Problems(ILogger<Problems> log) : IExceptionHandler
{
    // Who made so many mistakes made one of them everywhere.
    private const int MostErrors = 100;

    /// <summary>400 for one member.</summary>
    public static ValidationProblem Invalid(JsonFault fault) => Invalid(fault.Path, fault.Message);

    /// <summary>400 for one member.</summary>
    public static ValidationProblem Invalid(string path, string message) => Invalid([(path, message)]);

    /// <summary>400 for several members at once.</summary>
    public static ValidationProblem Invalid(IEnumerable<(string Path, string Message)> errors)
    {
        var all = errors.Take(MostErrors).GroupBy(error => error.Path).ToDictionary(group => group.Key, group => group.Select(error => error.Message).ToArray());
        var (path, messages) = all.First();
        return TypedResults.ValidationProblem(
            all, detail: path.Length == 0 ? messages[0] : $"{path}: {messages[0]}", title: "The request is malformed");
    }

    /// <summary>413.</summary>
    public static ProblemHttpResult TooLarge(string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status413PayloadTooLarge, title: "The request is too large");

    private static ProblemHttpResult Busy(HttpContext http, string detail)
    {
        http.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status429TooManyRequests, title: "The sandbox is busy; try again");
    }

    private ProblemHttpResult Lost(TaskStoreException store)
    {
        log.LogError(store.InnerException, "Uploaded tasks cannot be used: {Reason}", store.Message);
        return TypedResults.Problem(store.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Uploaded tasks cannot be used");
    }

    /// <summary>503, or 507 where there is no room.</summary>
    public static ProblemHttpResult Lost(JobStoreException store) => TypedResults.Problem(
        store.Message,
        statusCode: store.Fault == StoreFault.Full ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable,
        title: store.Fault == StoreFault.Full ? "No room for jobs" : "Jobs cannot be used now");

    private ProblemHttpResult LostJobs(JobStoreException store)
    {
        log.LogError(store.InnerException, "Jobs cannot be used: {Reason}", store.Message);
        return Lost(store);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                TooLarge("The body is larger than the server takes; Server:MaxRequestMb sets the limit."),
            SandboxBusyException busy => Busy(httpContext, busy.Message),
            TaskStoreException store => Lost(store),
            JobStoreException store => LostJobs(store),
            BadHttpRequestException bad => TypedResults.Problem(bad.Message, statusCode: bad.StatusCode, title: "The request is malformed"),
            _ => null,
        };
        if (problem is null && (httpContext.RequestAborted.IsCancellationRequested || exception is ConnectionResetException))
        {
            // The client is gone: there is nobody to answer, and nothing of ours went wrong.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        if (problem is null)
        {
            log.LogError(exception, "A fault of the server at {Method} {Path}", httpContext.Request.Method, httpContext.Request.Path);
            problem = TypedResults.Problem("A fault of the server; its log tells more.", statusCode: StatusCodes.Status500InternalServerError);
        }

        await problem.ExecuteAsync(httpContext);
        return true;
    }
}
