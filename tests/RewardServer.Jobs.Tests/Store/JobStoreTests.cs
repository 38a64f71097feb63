using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Store;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Jobs.Tests.Store;

public sealed class JobStoreTests(PostgresCluster cluster)
{
    private static readonly JobSettings Settings = new("r1-zero", null, ImmutableSortedDictionary<string, string>.Empty, true);

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Rows_come_back_as_they_were_uploaded(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", new(1, JsonElement.Parse("""{"text":"π","n":1.50}""")), Row.Unreadable(3, "is no JSON"));
        var job = await store.Runs.ClaimAsync(null, Token);
        Assert.Equal(("a", JobState.Running, 2L), (job!.Id, job.State, job.Rows));
        var rows = await store.Runs.RowsAsync(job.Number, 0, Token);
        Assert.Equal("""{"text":"π","n":1.50}""", rows[0].Fields.GetRawText());
        Assert.Equal((3, "is no JSON"), (rows[1].Number, rows[1].Error));
        Assert.Empty(await store.Runs.RowsAsync(job.Number, 3, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upload_that_breaks_off_is_no_job_and_leaves_nothing(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await using (var upload = await store.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token))
        {
            for (var i = 1; i <= 1200; i++)
            {
                await upload!.AddAsync(RowOf(i), Token);
            }

            Assert.Null(await store.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token));
        }

        Assert.Null(await store.FindAsync("a", Token));
        Assert.Empty(await store.Runs.RowsAsync(1, 0, Token));
        Assert.Null(await store.Runs.ClaimAsync(null, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_upload_whose_server_is_gone_is_swept_away(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var (dead, alive) = (stores.Open(), stores.Open());
        var upload = await dead.Uploads.BeginAsync("a", Settings, await RubricAsync(), Token);
        await upload!.AddAsync(RowOf(1), Token);
        await alive.Removal.SweepAsync(null, Token);
        Assert.NotNull(await alive.FindAsync("a", Token));
        await stores.EndLeasesAsync();
        await alive.Removal.SweepAsync(null, Token);
        Assert.Null(await alive.FindAsync("a", Token));
        await Assert.ThrowsAsync<JobLostException>(() => upload.CompleteAsync(Token));
        await upload.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_is_one_servers_until_that_is_silent_and_then_anothers_alone(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var (one, other) = (stores.Open(), stores.Open());
        await UploadAsync(one, "a", RowOf(1), RowOf(2));
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => (i % 2 == 0 ? one : other).Runs.ClaimAsync(null, Token))));
        var first = Assert.Single(claims, claim => claim is not null)!;
        var (owner, heir) = claims.IndexOf(first) % 2 == 0 ? (one, other) : (other, one);
        using var lease = owner.Leases.Hold(first.Number, first.Attempt);
        await stores.EndLeasesAsync();
        // It is the owner's, late as it is.
        Assert.Null(await owner.Runs.ClaimAsync(null, Token));
        await owner.Leases.RenewAsync(Token);
        Assert.Null(await heir.Runs.ClaimAsync(null, Token));
        await stores.EndLeasesAsync();
        var second = await heir.Runs.ClaimAsync(null, Token);
        Assert.Equal(first.Number, second!.Number);
        await Assert.ThrowsAsync<JobLostException>(() => owner.Runs.AppendAsync(first, RunTally.Start, [LineOf(1)], Token));
        await owner.Leases.RenewAsync(Token);
        Assert.True(lease.Lost.IsCancellationRequested);
        await heir.Runs.AppendAsync(second, RunTally.Start, [LineOf(1)], Token);
        Assert.Single(await heir.Results.PageAsync(first.Number, 0, 0, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_claim_whose_answer_was_lost_is_made_again_by_the_same_server(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1));
        // As after a connection that broke while it committed: the job is claimed, and nobody holds it.
        var lost = (await store.Runs.ClaimAsync(null, Token))!;
        Assert.Null(await store.Runs.ClaimAsync(null, Token));
        await stores.EndLeasesAsync();
        var claimed = await store.Runs.ClaimAsync(null, Token);
        Assert.Equal((lost.Number, lost.Attempt + 1), (claimed!.Number, claimed.Attempt));
        await Assert.ThrowsAsync<JobLostException>(() => store.Runs.AppendAsync(lost, RunTally.Start, [LineOf(1)], Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_that_is_given_back_shows_why_until_it_is_claimed_and_is_not_claimed_by_who_leaves_it_out(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var (one, other) = (stores.Open(), stores.Open());
        await UploadAsync(one, "a", RowOf(1));
        await UploadAsync(one, "b", RowOf(1));
        var job = (await one.Runs.ClaimAsync(null, Token))!;
        await one.Runs.ReleaseAsync(job, "no such judge", Token);
        var waiting = await other.FindAsync("a", Token);
        Assert.Equal((JobState.Waiting, "no such judge"), (waiting!.State, waiting.Fault));
        Assert.Equal("b", (await one.Runs.ClaimAsync([job.Number], Token))!.Id);
        Assert.Null(await one.Runs.ClaimAsync([job.Number], Token));
        var claimed = await other.Runs.ClaimAsync(null, Token);
        Assert.Equal(("a", null), (claimed!.Id, claimed.Fault));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failed_results_are_replaced_and_counted_once_also_when_that_is_done_twice(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1), RowOf(2), RowOf(3));
        var job = (await store.Runs.ClaimAsync(null, Token))!;
        await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1), FailedOf(2), LineOf(3)], Token);
        Assert.False(await store.Retries.BeginAsync(job, Token));
        await store.Runs.EndAsync(job, JobState.Done, null, Token);
        Assert.True(await store.Retries.BeginAsync(job, Token));
        var again = (await store.Runs.ClaimAsync(null, Token))!;
        Assert.Equal((true, JobState.Running, null), (again.Retries, again.State, again.Ended));
        Assert.Equal([2], await store.Retries.FailedAsync(job.Number, 0, 3, Token));
        await Assert.ThrowsAsync<JobLostException>(() => store.Retries.ReplaceAsync(job, [LineOf(2)], Token));
        var tally = await store.Retries.ReplaceAsync(again, [LineOf(2)], Token);
        Assert.Equal(new RunTally(3, 0, 0, 3, 3), tally);
        // As after a connection that broke while it committed.
        Assert.Equal(tally, await store.Retries.ReplaceAsync(again, [LineOf(2)], Token));
        await store.Retries.EndAsync(again, Token);
        await store.Runs.EndAsync(again, JobState.Done, null, Token);
        Assert.Equal([1, 2, 3], (await store.Results.PageAsync(job.Number, 0, 0, Token)).Select(result => result.Row));
        Assert.False(await store.Retries.BeginAsync(again, Token));
        var done = await store.FindAsync("a", Token);
        Assert.Equal((3L, 3L, false), (done!.RowsDone, done.Tally.Scored, done.Retries));
    }

    [Fact]
    public async Task Jobs_of_the_first_version_are_gone_on_with()
    {
        using var stores = await Stores.NewAsync("sqlite", cluster);
        await UploadAsync(stores.Open(), "a", RowOf(1));
        await using (var other = new SqliteConnection($"Data Source={stores.File};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var command = other.CreateCommand();
            command.CommandText = "ALTER TABLE grading_jobs DROP COLUMN retry; UPDATE grading_schema SET version = 1";
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Equal("a", (await stores.Open().Runs.ClaimAsync(null, Token))!.Id);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Results_that_are_kept_a_second_time_stand_once(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1), RowOf(2), RowOf(3));
        var job = (await store.Runs.ClaimAsync(null, Token))!;
        var first = await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1), LineOf(2)], Token);
        // As after a connection that broke while it committed.
        Assert.Equal(first, await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1), LineOf(2)], Token));
        await store.Runs.AppendAsync(job, first, [LineOf(3)], Token);
        await store.Runs.EndAsync(job, JobState.Done, null, Token);
        var done = await store.FindAsync("a", Token);
        Assert.Equal((JobState.Done, 3L, 3L, 3.0), (done!.State, done.RowsDone, done.Tally.Scored, done.Tally.RewardSum));
        Assert.Equal([2, 3], (await store.Results.PageAsync(job.Number, 1, 0, Token)).Select(result => result.Row));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cancelled_job_can_be_written_no_more_and_an_ended_one_is_removed_whole(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", [.. Enumerable.Range(1, 12_000).Select(RowOf)]);
        var job = (await store.Runs.ClaimAsync(null, Token))!;
        await store.Runs.AppendAsync(job, RunTally.Start, [LineOf(1)], Token);
        Assert.False(await store.Removal.RemoveAsync(job, Token));
        Assert.True(await store.Removal.CancelAsync(job, Token));
        await Assert.ThrowsAsync<JobLostException>(() => store.Runs.AppendAsync(job, RunTally.Start with { LastRow = 1 }, [LineOf(2)], Token));
        Assert.Equal(JobState.Cancelled, (await store.FindAsync("a", Token))!.State);
        Assert.True(await store.Removal.RemoveAsync(job, Token));
        Assert.Null(await store.FindAsync("a", Token));
        Assert.Empty(await store.Runs.RowsAsync(job.Number, 0, Token));
        Assert.Empty(await store.Results.PageAsync(job.Number, 0, 0, Token));
        Assert.Empty(await store.CountAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Jobs_that_ended_long_ago_are_swept_away_and_no_others(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var store = stores.Open();
        await UploadAsync(store, "old", RowOf(1));
        await UploadAsync(store, "waiting", RowOf(1));
        await store.Runs.EndAsync((await store.Runs.ClaimAsync(null, Token))!, JobState.Done, null, Token);
        await store.Removal.SweepAsync(TimeSpan.FromHours(1), Token);
        Assert.Equal(["waiting", "old"], (await store.ListAsync(null, long.MaxValue, 10, Token)).Select(job => job.Id));
        await store.Removal.SweepAsync(TimeSpan.Zero, Token);
        Assert.Equal(["waiting"], (await store.ListAsync(null, long.MaxValue, 10, Token)).Select(job => job.Id));
    }

    [Fact]
    public async Task A_file_that_another_program_has_locked_is_told_as_such_and_used_again_afterwards()
    {
        using var stores = await Stores.NewAsync("sqlite", cluster);
        var store = stores.Open();
        await UploadAsync(store, "a", RowOf(1));
        await using (var other = new SqliteConnection($"Data Source={stores.File};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var locks = other.BeginTransaction();
            var fault = await Assert.ThrowsAsync<JobStoreException>(() => store.Runs.ClaimAsync(null, Token));
            Assert.Equal(StoreFault.Busy, fault.Fault);
            Assert.Contains("Storage:Folder", fault.Message, StringComparison.Ordinal);
            Assert.Equal(JobState.Waiting, (await store.FindAsync("a", Token))!.State);
        }

        Assert.NotNull(await store.Runs.ClaimAsync(null, Token));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Several_servers_make_the_tables_at_once(string kind)
    {
        using var stores = await Stores.NewAsync(kind, cluster);
        var all = Enumerable.Range(0, 6).Select(_ => stores.Open()).ToList();
        await Task.WhenAll(all.Select((store, i) => Task.Run(() => UploadAsync(store, $"job{i}", RowOf(1)))));
        Assert.Equal(6, (await all[0].CountAsync(Token))[JobState.Waiting]);
    }

    [Fact]
    public async Task Files_that_are_no_store_or_a_newer_ones_are_refused_in_words()
    {
        using var stores = await Stores.NewAsync("sqlite", cluster);
        await UploadAsync(stores.Open(), "a", RowOf(1));
        await using (var other = new SqliteConnection($"Data Source={stores.File};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var command = other.CreateCommand();
            command.CommandText = "UPDATE grading_schema SET version = 99";
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Contains("newer server", (await Assert.ThrowsAsync<JobStoreException>(() => stores.Open().FindAsync("a", Token))).Message, StringComparison.Ordinal);
        using var broken = await Stores.NewAsync("sqlite", cluster);
        await File.WriteAllTextAsync(broken.File, string.Concat(Enumerable.Repeat("this is no database ", 400)), Token);
        Assert.Equal(StoreFault.Damaged, (await Assert.ThrowsAsync<JobStoreException>(() => broken.Open().FindAsync("a", Token))).Fault);
    }

    private static async Task UploadAsync(JobStore store, string id, params Row[] rows)
    {
        await using var upload = await store.Uploads.BeginAsync(id, Settings, await RubricAsync(), Token);
        foreach (var row in rows)
        {
            await upload!.AddAsync(row, Token);
        }

        await upload!.CompleteAsync(Token);
    }

    private static Row RowOf(int number) => new(number, JsonElement.Parse($$"""{"n":{{number}}}"""));

    private static ResultLine LineOf(long row) => new(row, 0, Outcome.Scored, 1, System.Text.Encoding.UTF8.GetBytes($$"""{"row":{{row}},"outcome":"scored","reward":1}"""));

    private static ResultLine FailedOf(long row) => new(row, 0, Outcome.Failed, null, System.Text.Encoding.UTF8.GetBytes($$"""{"row":{{row}},"outcome":"failed","reward":null}"""));

    private static async Task<Rubric> RubricAsync()
    {
        await using var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, Token);
        return new RubricCompiler(new(sandbox)).Compile(JsonElement.Parse("""{"components":[{"grader":"accuracy"}]}""")).Rubric!;
    }
}
