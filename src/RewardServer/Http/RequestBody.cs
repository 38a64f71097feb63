using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>Reads a request's body strictly, and answers malformed ones with the member at fault.</summary>
public static class RequestBody
{
    /// <summary>Reads the body as JSON.</summary>
    /// <returns>The value, or the problem to answer with.</returns>
    /// <exception cref="BadHttpRequestException">The body is too large or broke off; answered by <see cref="Problems"/>.</exception>
    public static async Task<(T? Value, ValidationProblem? Problem)> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, ItemJson.Options, http.RequestAborted);
            return value is null ? (null, Problems.Invalid("", "the body must be a JSON object")) : (value, null);
        }
        catch (JsonException exception)
        {
            return (null, Problems.Invalid(JsonFault.From(exception)));
        }
        catch (NotSupportedException exception)
        {
            // What the serializer throws for a polymorphic object without its discriminator.
            return (null, Problems.Invalid(JsonFault.From(exception)));
        }
    }
}
