"""What is written in the gallery of pages for writing: long enough to break lines, with both directions in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The same case in one language."""

    campaign: str
    title: str
    addressee: str
    demands: tuple[str, ...]
    body: str
    post: str
    comment: str
    answer: str
    note: str
    small_unit: str
    update: str


ENGLISH = Words(
    campaign="Example Works: no recording of our screens",
    title="Stop recording our screens, our mouse movements and our clicks",
    addressee="The board of Example Works International plc",
    demands=(
        "End the Model Capability Initiative on every laptop, in every country.",
        "Delete what was recorded since April 2026, and let somebody whom we trust check that.",
        "Respect our legal right to organize: nobody is punished for signing this.",
    ),
    body=(
        "In spring, software was put on our laptops that records screens, clicks and mouse movements.\n\n"
        "It is **mandatory**. Nobody asked us, and nobody says what it is kept for:\n\n"
        "- it sees drafts that were never sent;\n- it sees what we type to our families;\n"
        "- it is used to train models that are meant to do our work.\n\n"
        "We want to do good work without being watched. We ask the board for an answer by June."
    ),
    post=(
        "I have been here for 11 years and I am angry. Ask Priya Raman in MPK 21 about PRIV-40213, "
        "or write to lead.recorder@example-employer.test. It is all in Project Lanternfish, marked "
        "confidential. What they do is illegal."
    ),
    comment="Is “mandatory” right? In the UK it is not rolled out yet; people there fear to be next.",
    answer="Then say “mandatory in the US”. The rest of the sentence can stay as it is.",
    note="Shorter, and nobody has to know the programme’s name",
    small_unit="night shift B",
    update="Meeting on Friday: what we say to the board, and who goes along",
)
ARABIC = Words(
    campaign="مصانع المثال (Example Works): لا لتسجيل شاشاتنا",
    title="أوقفوا تسجيل شاشاتنا وحركات الفأرة والنقرات ضمن Model Capability Initiative",
    addressee="مجلس إدارة Example Works International plc",
    demands=(
        "أوقفوا Model Capability Initiative على كل حاسوب محمول، في كل بلد.",
        "احذفوا ما سُجّل منذ أبريل 2026، ودعوا من نثق به يتحقق من ذلك (خلال 30 يومًا).",
        "احترموا حقنا القانوني في التنظيم: لا يُعاقَب أحد على توقيع هذه العريضة.",
    ),
    body=(
        "في الربيع وُضع على حواسيبنا برنامج يسجل الشاشات والنقرات وحركات الفأرة (MCI 2.0).\n\n"
        "إنه **إلزامي**. لم يسألنا أحد، ولا أحد يقول لماذا يُحفظ:\n\n"
        "- يرى مسودات لم تُرسل قط؛\n- يرى ما نكتبه لعائلاتنا؛\n"
        "- يُستخدم لتدريب نماذج يُراد لها أن تؤدي عملنا.\n\n"
        "نريد أن نعمل عملًا جيدًا دون مراقبة. نطلب من المجلس ردًا قبل 30 يونيو 2026."
    ),
    post=(
        "أنا غاضب. اسألوا Priya Raman في MPK 21 عن PRIV-40213، أو اكتبوا إلى "
        "lead.recorder@example-employer.test. كل شيء في Project Lanternfish، وهو سري للغاية."
    ),
    comment="هل «إلزامي» صحيح؟ في UK لم يبدأ بعد؛ الناس هناك يخشون أن يكونوا التالين (انظروا §4).",
    answer="إذن قولوا «إلزامي في US». يمكن أن يبقى باقي الجملة كما هو.",
    note="أقصر، ولا حاجة إلى معرفة اسم البرنامج",
    small_unit="الوردية الليلية B",
    update="اجتماع يوم الجمعة: ماذا نقول للمجلس، ومن يذهب معنا (Room 4)",
)
SPANISH = {
    "title": "Basta de grabar nuestras pantallas",
    "addressee": "La dirección de Example Works",
    "demands": "Dejad de grabar.\nBorrad lo grabado.\nRespetad nuestro derecho a organizarnos.",
    "body": "Desde la primavera graban nuestras pantallas.",
    "consent": "La organización puede saber que firmé, y con qué nombre.",
}
