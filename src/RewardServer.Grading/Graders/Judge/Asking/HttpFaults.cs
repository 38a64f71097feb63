using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>What the statuses of HTTP mean for a judge, and what the owner can do about them.</summary>
internal static class HttpFaults
{
    // One that asks for an hour would hold the item, and a place among the calls, for as long.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private const int ShownError = 200;

    /// <summary>The fault of a status other than success.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="said">What the judge's body says about it; empty where it says nothing that can be read.</param>
    /// <param name="now">To reckon a date in Retry-After from.</param>
    public static JudgeFault Of(HttpResponseMessage response, string said, DateTimeOffset now)
    {
        var (kind, message) = Meaning((int)response.StatusCode);
        return new(kind, kind is FaultKind.Refused && said.Length > 0 ? $"{message}; it says: {Shown.Head(said, ShownError)}" : message)
        {
            RetryAfter = Wait(response.Headers.RetryAfter, now),
        };
    }

    /// <summary>The message in the body of an error, as OpenAI's servers and their likes write it.</summary>
    public static string Said(JsonElement body)
    {
        var at = body;
        foreach (var name in (string[])["error", "message", "detail"])
        {
            at = at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) ? inner : at;
        }

        return at.ValueKind == JsonValueKind.String ? ReplyText.Of(at)!.ReplaceLineEndings(" ") : "";
    }

    /// <summary>What became of a connection, without the address, which a candidate's trainer need not know.</summary>
    public static string Words(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "cannot be reached: its name is not known to DNS",
        HttpRequestError.SecureConnectionError => "cannot be reached: no secure connection comes about, by its certificate or its protocol",
        HttpRequestError.ConnectionError => "cannot be reached: nothing takes the connection",
        _ => "cannot be reached: the connection broke off before the answer was whole",
    };

    private static (FaultKind Kind, string Message) Meaning(int status) => (HttpStatusCode)status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (FaultKind.Misconfigured, $"does not let us in ({status}): its ApiKey is missing or wrong"),
        HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => (FaultKind.Misconfigured, $"has nothing there ({status}): its Url or Model is wrong"),
        HttpStatusCode.RequestTimeout => (FaultKind.Unreachable, "waited in vain for the whole request (408)"),
        HttpStatusCode.TooManyRequests => (FaultKind.Limited, "is asked too often (429): lower its MaxConcurrent"),
        HttpStatusCode.InternalServerError => (FaultKind.Unscored, "answers with an error of its own (500)"),
        _ when status is >= 300 and < 400 => (FaultKind.Misconfigured, $"sends us elsewhere ({status}), which is not followed: its Url is wrong"),
        _ when status is >= 400 and < 500 => (FaultKind.Refused, $"does not take the request ({status}): its Model, Template, MaxTokens or MaxCharacters may be wrong"),
        _ => (FaultKind.Unreachable, $"cannot answer now ({status})"),
    };

    private static TimeSpan? Wait(RetryConditionHeaderValue? after, DateTimeOffset now)
    {
        var asked = after?.Delta ?? after?.Date - now;
        return asked is not { } wait ? null
            : wait < TimeSpan.Zero ? TimeSpan.Zero
            : wait > LongestWait ? LongestWait
            : wait;
    }
}
