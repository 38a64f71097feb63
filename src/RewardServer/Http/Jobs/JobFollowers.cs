using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Hosting;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>Bounds the calls that follow jobs, each of which lasts as long as its job; those of one job ask the store together. They end when the server is told to stop.</summary>
/// <param name="store">The jobs.</param>
/// <param name="options">Has the most calls.</param>
/// <param name="time">The clock.</param>
/// <param name="lifetime">Tells that the server stops.</param>
internal sealed class JobFollowers(JobStore store, JobOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    // Who asks within it is told what the first was.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Poll> polls = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Cancelled when the server is told to stop.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>Lets a call follow a job until its end.</summary>
    /// <param name="id">The job's name.</param>
    /// <param name="http">The call.</param>
    /// <returns>Asks for the job; or the problem to answer with where too many follow jobs.</returns>
    public (Func<CancellationToken, Task<Job?>>? Ask, ProblemHttpResult? Problem) Enter(string id, HttpContext http)
    {
        lock (gate)
        {
            if (count >= options.MaxFollowers)
            {
                http.Response.Headers.RetryAfter = "10";
                return (null, TypedResults.Problem(
                    $"{options.MaxFollowers} calls follow jobs; Jobs:MaxFollowers sets the limit.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many followers; try again"));
            }

            count++;
            if (!polls.TryGetValue(id, out var poll))
            {
                polls[id] = poll = new();
            }

            poll.Followers++;
            http.Response.RegisterForDispose(new Follower(() => Leave(id, poll)));
            return (cancellation => AskAsync(id, poll, cancellation), null);
        }
    }

    private Task<Job?> AskAsync(string id, Poll poll, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (poll.Answer is null || (poll.Answer.IsCompleted && time.GetElapsedTime(poll.At) >= Fresh))
            {
                // Not ended with the call that asked: others wait for it too.
                (poll.Answer, poll.At) = (Task.Run(() => store.FindAsync(id, CancellationToken.None), CancellationToken.None), time.GetTimestamp());
            }

            return poll.Answer.WaitAsync(cancellation);
        }
    }

    private void Leave(string id, Poll poll)
    {
        lock (gate)
        {
            count--;
            if (--poll.Followers == 0)
            {
                polls.Remove(id);
            }
        }
    }

    private sealed class Poll
    {
        public int Followers { get; set; }

        public Task<Job?>? Answer { get; set; }

        public long At { get; set; }
    }

    private sealed class Follower(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
