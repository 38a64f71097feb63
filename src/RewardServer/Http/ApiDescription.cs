using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Http;

/// <summary>Describes the API at <c>/openapi/v1.json</c>, with a page to try it at <c>/docs</c>.</summary>
public static class ApiDescription
{
    /// <summary>Where the page to try the API is.</summary>
    public const string Page = "/docs";

    private const string Key = "apiKey";

    private const string Example = """
        {
          "rubric": "r1-zero",
          "items": [
            {
              "id": "fractions",
              "prompt": "What is 1/2 + 1/3?",
              "completion": "<think>3/6 + 2/6 = 5/6</think> <answer>\\boxed{\\frac{5}{6}}</answer>",
              "task": { "kind": "math", "answer": "5/6" }
            },
            {
              "id": "double",
              "prompt": "Read a number and print its double.",
              "completion": "```python\nprint(2 * int(input()))\n```",
              "task": { "kind": "code", "language": "python", "tests": [{ "kind": "stdio", "stdin": "21\n", "stdout": "42\n" }] }
            }
          ]
        }
        """;

    /// <summary>Adds the description.</summary>
    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "RewardServer";
                document.Info.Description = "Model outputs in, verifiable rewards out.";
                document.Info.Version = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3);
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "One of Server:ApiKeys, where there are any." },
                };
                document.Security = [new(), new() { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer(DescribeConverted);
            options.AddOperationTransformer((operation, context, _) =>
            {
                if (operation.OperationId == "grade")
                {
                    operation.RequestBody!.Content!["application/json"].Example = JsonNode.Parse(Example);
                }

                return Task.CompletedTask;
            });
        });

    /// <summary>Serves the description and the page.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Page.TrimStart('/');
            page.SwaggerEndpoint("/openapi/v1.json", "RewardServer");
            page.DocumentTitle = "RewardServer API";
        });
    }

    // Members with a converter of their own look like anything to the generator.
    private static async Task DescribeConverted(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (context.JsonPropertyInfo?.CustomConverter is LenientTextConverter)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (context.JsonPropertyInfo?.CustomConverter is MessageContentConverter)
        {
            var part = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["type"] = Text(), ["text"] = Text() } };
            Become(schema, Text(), new OpenApiSchema { Type = JsonSchemaType.Array, Items = part });
        }
        else if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } named)
        {
            schema.Enum = NamesOf(named);
        }
        else if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { IsEnum: true } element })
        {
            schema.Items = new OpenApiSchema { Enum = NamesOf(element) };
        }
        else if (type == typeof(ChatText))
        {
            var message = await context.GetOrCreateSchemaAsync(typeof(ChatMessage), null, cancellation);
            Become(schema, Text(), new OpenApiSchema { Type = JsonSchemaType.Array, Items = message });
        }
        else if (type == typeof(RubricReference))
        {
            Become(schema, Text(), await context.GetOrCreateSchemaAsync(typeof(RubricDefinition), null, cancellation));
            schema.Examples = [JsonValue.Create("r1-zero")];
        }
    }

    private static List<JsonNode> NamesOf(Type type) => [.. EnumNameConverter.NamesOf(type).Select(name => (JsonNode)JsonValue.Create(name))];

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static void Become(OpenApiSchema schema, params IOpenApiSchema[] choices)
    {
        schema.Type = null;
        schema.Properties = null;
        schema.Required = null;
        schema.OneOf = [.. choices];
    }
}
