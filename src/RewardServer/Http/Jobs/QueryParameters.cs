using System.Globalization;

namespace RewardServer.Http.Jobs;

/// <summary>
/// Refuses parameters of a query that an endpoint does not know, and those whose value it cannot read, and names them: one that is misspelt would be passed over without a
/// word, and one that cannot be read be answered 400 without a reason.
/// </summary>
internal static class QueryParameters
{
    // The only one of the path.
    private const string InPath = "id";

    private static readonly Type[] Kinds = [typeof(string), typeof(bool?), typeof(int?), typeof(long?)];

    /// <summary>A filter for endpoints whose parameters of simple types are those of the query, but for the job's name. It is asked also where values could not be read.</summary>
    public static EndpointFilterDelegate Check(EndpointFilterFactoryContext endpoint, EndpointFilterDelegate next)
    {
        var parameters = endpoint.MethodInfo.GetParameters();
        var known = parameters
            .Where(parameter => parameter.Name != InPath && Kinds.Contains(parameter.ParameterType))
            .ToDictionary(parameter => parameter.Name!, parameter => parameter.ParameterType, StringComparer.OrdinalIgnoreCase);
        var isUpload = parameters.Any(parameter => parameter.ParameterType == typeof(JobUploading));
        return async context =>
        {
            var errors = Errors(context.HttpContext.Request.Query, known);
            if (errors.Count == 0)
            {
                return await next(context);
            }

            if (isUpload)
            {
                await BodyLimit.DiscardAsync(context.HttpContext.Request.Body, context.HttpContext.RequestAborted);
            }

            return Problems.Invalid(errors);
        };
    }

    private static List<(string Path, string Message)> Errors(IQueryCollection query, Dictionary<string, Type> known)
    {
        var errors = new List<(string Path, string Message)>();
        foreach (var (name, values) in query)
        {
            if (!known.TryGetValue(name, out var kind))
            {
                errors.Add((name, known.Count == 0 ? "is no parameter; there are none here" : $"is no parameter; there are: {string.Join(", ", known.Keys)}"));
            }
            else if (ErrorOf(values.ToString(), kind) is { } error)
            {
                errors.Add((name, error));
            }
        }

        return errors;
    }

    private static string? ErrorOf(string value, Type kind) =>
        kind == typeof(bool?) && !bool.TryParse(value, out _) ? $"must be true or false, but is '{value}'"
        : kind == typeof(int?) && !int.TryParse(value, CultureInfo.InvariantCulture, out _) ? $"must be a whole number of at most {int.MaxValue}, but is '{value}'"
        : kind == typeof(long?) && !long.TryParse(value, CultureInfo.InvariantCulture, out _) ? $"must be a whole number of at most {long.MaxValue}, but is '{value}'"
        : null;
}
