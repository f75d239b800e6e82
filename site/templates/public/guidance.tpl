{{>HEAD}}
<h1>{{TITLE}}</h1>
{{#BLOCKS}}{{#HEADING}}<h2>{{TEXT}}</h2>
{{/HEADING}}{{#PARAGRAPH}}<p>{{TEXT}}{{#UNVERIFIED}} <small class="unchecked">[[Not checked yet]]</small>{{/UNVERIFIED}}</p>
{{/PARAGRAPH}}{{#LIST}}<ul>
{{#ITEMS}}<li>{{TEXT}}{{#UNVERIFIED}} <small class="unchecked">[[Not checked yet]]</small>{{/UNVERIFIED}}</li>
{{/ITEMS}}</ul>
{{/LIST}}{{#CALLOUT}}<div class="note"><p>{{TEXT}}</p></div>
{{/CALLOUT}}{{#CHANNEL_LIST}}{{>CHANNELS}}
{{/CHANNEL_LIST}}{{/BLOCKS}}
{{#HAS_SOURCES}}<details><summary>[[Where this comes from]]</summary>
<ul>{{#SOURCES}}<li>{{SOURCE}}{{#DATED}} ({{DATE}}){{/DATED}}</li>
{{/SOURCES}}</ul></details>{{/HAS_SOURCES}}
{{#OPEN}}<p><a class="button" href="/{{LANG}}/form">[[Start a report]]</a></p>{{/OPEN}}
<p><a href="/{{LANG}}/">[[Start page]]</a></p>
{{>FOOT}}
