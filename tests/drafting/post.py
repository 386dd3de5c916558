"""A post of some six hundred words, as somebody would paste it, with six traces that give people away."""

from __future__ import annotations

# What is planted, and the kind that must be found there.
TRACES = {
    "Priya Raman": "name",
    "@dlindqvist": "username",
    "lead.recorder@example-employer.test": "email",
    "https://wiki.corp.example-employer.test/mci/rollout": "link",
    "PRIV-40213": "document",
    "Project Lanternfish": "codename",
}
PARAGRAPHS = (
    "I want to say out loud what many of us say in the kitchen. Since the spring the laptops that we work on "
    "record what we do. They record the screen, the clicks, the way the mouse moves and the menus that we open. "
    "The recordings are kept, and they are used to teach a computer to do what we do. Nobody asked us whether we "
    "wanted to be its teachers. Nobody told us how long the recordings are kept, who can look at them, or what "
    "happens to the parts that are about us and not about the work.",
    "When the programme was announced, Priya Raman said in the big meeting that it was voluntary. Two weeks later it "
    "was switched on for everybody in the country. Whoever asked how to switch it off was told that it is a "
    "condition of the job now. That is not what voluntary means. A thing is voluntary when you can say no and "
    "nothing happens to you, and here there is not even a button on which one could say no.",
    "We were told to write to lead.recorder@example-employer.test with our worries. I know of eleven people who did. "
    "Not one of them was given an answer that could be called an answer. They were sent a page with questions "
    "that nobody had asked, and at the bottom of it there was a line that thanked them for their feedback. One "
    "colleague, @dlindqvist, kept all of the replies and says that they are the same to the letter.",
    "The plan itself can be read at https://wiki.corp.example-employer.test/mci/rollout by anyone who is patient. It "
    "says that first the people who answer customers are recorded, then the people who write programs, and then "
    "everybody else. It says that the recordings of whole teams will be compared with each other. It does not "
    "say what will be done with a team that turns out to be slow, but one does not need much imagination.",
    "Somebody opened PRIV-40213 in the summer to ask that passwords and private messages are left out of the "
    "recordings. It was closed without a word in the autumn. We found out because a message that a colleague "
    "wrote to her doctor was shown to a room full of people as an example of good typing. She left the room. "
    "Nobody has said sorry to her, and the example was used again the week after, with her message in it.",
    "People say that this is only the beginning, and that Project Lanternfish will do the same with our cameras. I "
    "do not know whether that is true. I do know that it was possible to keep it quiet for half a year, and that "
    "we would have heard nothing about it if it had not been for a slide that was shown by mistake. That is how "
    "we learn about the things that are done to us here: by mistake, from a slide, months late.",
    "I like the work. I like the people. I would like to go on. What I do not want is to be watched while I think, "
    "and to be copied while I am watched. A person who is watched stops asking questions. A person who is "
    "watched does not help the one at the next desk, because it looks like a pause. We become slower and "
    "quieter, and then we are told that the figures show how slow and how quiet we have become.",
    "So here is what I ask for. End the recording. Delete what has been recorded, and let somebody whom we trust see "
    "that it is gone. Do not begin anything like it again before those who would be recorded have agreed to it. "
    "And let us talk about it with each other, which is our right, without anybody writing down who said what. "
    "If you think the same, do not answer here. Talk with the person next to you, away from the screen, and then "
    "let us put our names to it together, so that nobody has to be the first one.",
)
POST = "\n\n".join(PARAGRAPHS)
