using System.Text.Json;
using Microsoft.Net.Http.Headers;
using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>Reads a request's body strictly, and answers malformed ones with the member at fault.</summary>
public static class RequestBody
{
    /// <summary>Reads the body as JSON.</summary>
    /// <returns>The value, or the problem to answer with.</returns>
    /// <exception cref="BadHttpRequestException">The body is too large or broke off; answered by <see cref="Problems"/>.</exception>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        if (!IsJson(http.Request))
        {
            return (null, TypedResults.Problem(
                "Send the body with 'Content-Type: application/json', in UTF-8, and not compressed.",
                statusCode: StatusCodes.Status415UnsupportedMediaType,
                title: "Not JSON"));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, ItemJson.Options, http.RequestAborted);
            return value is null ? (null, Problems.Invalid("", "the body must be a JSON object")) : (value, null);
        }
        catch (Exception exception) when (JsonFault.From(exception) is { } fault)
        {
            return (null, Problems.Invalid(fault));
        }
    }

    // Asked for in full: a page of another site can send any of the simple types, or none, without asking first.
    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
