using System.Text.Json;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// Answers ROLL's client where anything before its endpoints refuses a call, such as a wrong key or a body that is too large: of any status but 200 it
/// would make nothing but another try, and after 25 of them train on 0. It stands before all that may refuse.
/// </summary>
/// <param name="next">The rest of the pipeline.</param>
internal sealed class RollRefusals(RequestDelegate next)
{
    /// <summary>Where submissions go.</summary>
    public const string Submit = "/roll/submit";

    /// <summary>Where questions go.</summary>
    public const string Result = "/roll/result";

    /// <summary>Lets a call through, and translates a refusal.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // A key may stand before it.
        var path = http.Request.Path.Value ?? "";
        var isSubmission = path.EndsWith(Submit, StringComparison.Ordinal) && HttpMethods.IsPost(http.Request.Method);
        var isQuestion = path.EndsWith(Result, StringComparison.Ordinal) && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsPost(http.Request.Method));
        if (!isSubmission && !isQuestion)
        {
            await next(http);
            return;
        }

        var body = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            answer.Position = 0;
            await answer.CopyToAsync(body, http.RequestAborted);
        }
        else if (!http.RequestAborted.IsCancellationRequested)
        {
            var (status, reason) = (http.Response.StatusCode, ReasonOf(answer, http.Response.StatusCode));
            http.Response.Clear();
            await (isSubmission ? RollAnswers.Stopping(reason) : status < 500 ? RollAnswers.Stopped(reason) : RollAnswers.NotYet(reason)).ExecuteAsync(http);
        }
    }

    private static string ReasonOf(MemoryStream problem, int status)
    {
        try
        {
            var told = JsonElement.Parse(problem.GetBuffer().AsSpan(0, (int)problem.Length));
            return told.ValueKind == JsonValueKind.Object && told.TryGetProperty("detail", out var detail) && LenientText.Of(detail) is { } text ? text : $"HTTP status {status}";
        }
        catch (JsonException)
        {
            return $"HTTP status {status}";
        }
    }
}
