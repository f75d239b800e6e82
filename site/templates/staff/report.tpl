{{<staff/head}}
<p class="back"><a href="/">All reports</a></p>
<h1>Report</h1>
<p class="about">{{#DANGER}}<strong class="tag danger">Danger now</strong> {{/DANGER}}{{#CHILD}}<strong class="tag child">Child</strong> {{/CHILD}}{{#RECEIVED}}<time datetime="{{iso}}">{{exact}}</time> ({{ago}}){{/RECEIVED}} · {{language}}{{#PHONE}} · entered during a call{{/PHONE}} · {{kind}} · <strong>{{state_words}}</strong></p>
{{#QUARANTINED}}<div class="note"><p>This report is <a href="/quarantine">held back</a>. Release it there before you work on it.</p></div>{{/QUARANTINED}}
{{#DELETION_ASKED}}<div class="note" id="deletion"><p><strong>The reporter asked for this report to be deleted.</strong> Deleting destroys its words, files and messages for good; that it happened stays in the history.</p>
<form method="post" action="/report/{{id}}/delete">
<input type="hidden" name="form_token" value="{{form_token}}">
{{#SURE_FAULT}}<p class="error" id="sure-error">{{fault}}</p>{{/SURE_FAULT}}
<div class="choice"><input type="checkbox" id="sure" name="sure" value="yes"{{#SURE_FAULT}} aria-describedby="sure-error" aria-invalid="true"{{/SURE_FAULT}}><label for="sure">Yes, delete it for good</label></div>
<div class="buttons"><button class="bad">Delete the report</button></div>
</form>
<details{{#KEEP_FAULT}} open{{/KEEP_FAULT}}><summary>Keep the report and tell the reporter why</summary>
<form method="post" action="/report/{{id}}/keep">
<input type="hidden" name="form_token" value="{{form_token}}">
<label for="keep">What the reporter is told</label>
{{#KEEP_FAULT}}<p class="error" id="keep-error">{{fault}}</p>{{/KEEP_FAULT}}
<textarea id="keep" name="keep" rows="4"{{#KEEP_FAULT}} aria-describedby="keep-error" aria-invalid="true"{{/KEEP_FAULT}}>{{keep}}</textarea>
<div class="buttons"><button class="second">Keep the report</button></div>
</form></details></div>{{/DELETION_ASKED}}
<div class="two">
<div>
<section aria-labelledby="told">
<h2 id="told">What was told</h2>
<dl class="answers">
{{#ANSWERS}}<div><dt>{{question}}</dt><dd class="words" dir="auto">{{words}}</dd></div>
{{/ANSWERS}}</dl>
{{#SKIPPED}}<p class="hint">Not answered: {{questions}}.</p>{{/SKIPPED}}
</section>
{{#HAS_FILES}}<section aria-labelledby="files">
<h2 id="files">Files</h2>
<ul class="files">
{{#FILES}}<li><p><bdi>{{file_name}}</bdi><br><span class="hint">{{type}}, {{size}}, <time datetime="{{iso}}" title="{{exact}}">{{ago}}</time></span></p>
<p><a class="button second" href="/report/{{id}}/file/{{file}}/copy" download>Download a copy without hidden details<span class="vh"> of {{file_name}}</span></a></p>
<details{{#OPEN}} open{{/OPEN}}><summary>Download the original<span class="vh"> of {{file_name}}</span></summary>
<form method="post" action="/report/{{id}}/file/{{file}}/original" class="field{{#REASON_FAULT}} wrong{{/REASON_FAULT}}" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<label for="reason-{{file}}">Why do you need it?</label>
<p class="hint" id="reason-{{file}}-hint">An original can show where and by whom it was made. The reason is kept with the report.</p>
{{#REASON_FAULT}}<p class="error" id="reason-{{file}}-error">{{fault}}</p>{{/REASON_FAULT}}
<textarea id="reason-{{file}}" name="reason" rows="2" dir="auto" aria-describedby="reason-{{file}}-hint{{#REASON_FAULT}} reason-{{file}}-error{{/REASON_FAULT}}"{{#REASON_FAULT}} aria-invalid="true"{{/REASON_FAULT}}>
{{reason}}</textarea>
<div class="buttons"><button class="second">Download the original</button></div>
</form></details></li>
{{/FILES}}</ul>
</section>{{/HAS_FILES}}
<section aria-labelledby="conversation">
<h2 id="conversation">Conversation with the reporter</h2>
{{#NO_MESSAGES}}<p class="hint">Nobody has written yet.</p>{{/NO_MESSAGES}}
<ol class="messages">
{{#MESSAGES}}<li{{#OURS}} class="ours"{{/OURS}}><p class="by">{{#OURS}}{{author}}{{/OURS}}{{#THEIRS}}The reporter{{/THEIRS}} · <time datetime="{{iso}}">{{exact}}</time>{{#OURS}}{{#READ}} · read by the reporter{{/READ}}{{#NOT_READ}} · not read yet{{/NOT_READ}}{{/OURS}}</p><p class="words" dir="auto">{{words}}</p></li>
{{/MESSAGES}}</ol>
<form method="post" action="/report/{{id}}/reply" class="screen-only" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#REPLY_FAULT}} wrong{{/REPLY_FAULT}}">
<label for="reply">Write to the reporter</label>
<p class="hint" id="reply-hint">They read it with their number, perhaps on a phone that others see. Use plain words; do not promise what you cannot keep. Your name is not shown.</p>
{{#REPLY_FAULT}}<p class="error" id="reply-error">{{fault}}</p>{{/REPLY_FAULT}}
<textarea id="reply" name="reply" rows="5" dir="auto" aria-describedby="reply-hint{{#REPLY_FAULT}} reply-error{{/REPLY_FAULT}}"{{#REPLY_FAULT}} aria-invalid="true"{{/REPLY_FAULT}}>
{{reply}}</textarea>
</div>
<div class="buttons"><button>Send to the reporter</button></div>
</form>
</section>
</div>
<div>
{{#ASSESS}}<nav aria-label="Work on it" class="buttons screen-only"><a class="button" href="/report/{{id}}/assess" accesskey="a">Assess it</a> <a class="button second" href="/report/{{id}}/decide" accesskey="d">Decisions</a></nav>{{/ASSESS}}
{{#SETS_STATE}}<section aria-labelledby="state-title" class="screen-only">
<h2 id="state-title">State</h2>
<form method="post" action="/report/{{id}}/state">
<input type="hidden" name="form_token" value="{{form_token}}">
<fieldset id="state"{{#STATE_FAULT}} class="wrong" aria-describedby="state-error"{{/STATE_FAULT}}><legend class="vh">State</legend>
{{#STATE_FAULT}}<p class="error" id="state-error">{{fault}}</p>{{/STATE_FAULT}}
{{#STATES}}<div class="choice"><input type="radio" id="state-{{state}}" name="state" value="{{state}}"{{#CHECKED}} checked{{/CHECKED}}><label for="state-{{state}}">{{words}}</label></div>
{{/STATES}}</fieldset>
<div class="buttons"><button class="second">Change the state</button></div>
</form>
</section>{{/SETS_STATE}}
<section aria-labelledby="notes">
<h2 id="notes">Notes for colleagues</h2>
<ol class="messages">
{{#NOTES}}<li class="paper"><p class="by">{{author}} · <time datetime="{{iso}}">{{exact}}</time></p><p class="words" dir="auto">{{words}}</p></li>
{{/NOTES}}</ol>
<form method="post" action="/report/{{id}}/note" class="screen-only" accept-charset="utf-8">
<input type="hidden" name="form_token" value="{{form_token}}">
<div class="field{{#NOTE_FAULT}} wrong{{/NOTE_FAULT}}">
<label for="note">Write a note</label>
<p class="hint" id="note-hint">Only your team reads it.</p>
{{#NOTE_FAULT}}<p class="error" id="note-error">{{fault}}</p>{{/NOTE_FAULT}}
<textarea id="note" name="note" rows="3" dir="auto" aria-describedby="note-hint{{#NOTE_FAULT}} note-error{{/NOTE_FAULT}}"{{#NOTE_FAULT}} aria-invalid="true"{{/NOTE_FAULT}}>
{{note}}</textarea>
</div>
<div class="buttons"><button class="second">Keep the note</button></div>
</form>
</section>
<section aria-labelledby="history">
<h2 id="history">History</h2>
<ol class="history">
{{#HISTORY}}<li>{{action}}, {{actor}} <span class="hint"><time datetime="{{iso}}">{{exact}}</time></span></li>
{{/HISTORY}}</ol>
</section>
</div>
</div>
{{<staff/foot}}
