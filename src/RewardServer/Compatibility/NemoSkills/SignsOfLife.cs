using System.Text.Json;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>Keeps clients that give up after some seconds of silence: with a line feed, which before JSON means nothing, every 2 seconds.</summary>
internal static class SignsOfLife
{
    // The client waits for 5 s more than the cell may take.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>Begins the answer of a call that takes long. Its status is 200 then.</summary>
    public static RouteHandlerBuilder WithSignsOfLife(this RouteHandlerBuilder builder) =>
        builder.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var time = http.RequestServices.GetRequiredService<TimeProvider>();
            var work = next(context).AsTask();
            await KeepAlive.WaitAsync(http, work, Silence, '\n', time);
            var answer = await work;
            return http.Response.HasStarted && answer is IValueHttpResult { Value: { } value } ? new Rest(value) : answer;
        });

    // What a call has to say whose answer has begun.
    private sealed class Rest(object value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            JsonSerializer.SerializeAsync(httpContext.Response.Body, value, value.GetType(), TrainerBody.Options, httpContext.RequestAborted);
    }
}
